--- `:Vidimus NAME …`: one table of what can be asked for, read by the command itself and by its completion.
local server = require('vidimus.server')

local M = {}

---@class vidimus.Command
---@field about string one line
---@field run fun(words: string[])

local function uri()
  return vim.uri_from_bufnr(0)
end

local function position()
  local client = server.client(0)
  return vim.lsp.util.make_position_params(0, client and client.offset_encoding or 'utf-16').position
end

local function say(...)
  vim.notify('Vidimus: ' .. (...):format(select(2, ...)))
end

local function encoding()
  local client = server.client()
  return client and client.offset_encoding or 'utf-16'
end

local function open(location)
  vim.lsp.util.show_document(location, encoding(), { focus = true })
end

--- Fills the quickfix list and opens it when it holds something.
local function list(title, items)
  vim.fn.setqflist({}, ' ', { title = title, items = items })
  if #items > 0 then
    vim.cmd('botright copen')
  else
    vim.cmd.cclose()
  end
end

--- The findings of the whole corpus, those of unsaved texts too.
local function check()
  server.ask('workspace/diagnostic', { previousResultIds = {} }, function(answer)
    local places, counts = {}, { 0, 0, 0, 0 }
    for _, report in ipairs(answer and answer.items or {}) do
      for _, finding in ipairs(report.items or {}) do
        table.insert(places, { uri = report.uri, range = finding.range, finding = finding })
      end
    end
    -- Neovim reads the lines, and makes columns of what the server counts.
    local items = vim.lsp.util.locations_to_items(places, encoding())
    for _, item in ipairs(items) do
      local finding = item.user_data.finding
      local level = finding.severity or 1
      counts[level] = counts[level] + 1
      item.type = ({ 'E', 'W', 'I', 'N' })[level]
      item.text = ('%s [%s]'):format(finding.message, finding.code or '')
      item.user_data = nil
    end
    table.sort(items, function(a, b)
      return a.filename < b.filename or (a.filename == b.filename and (a.lnum < b.lnum or (a.lnum == b.lnum and a.col < b.col)))
    end)
    list('Vidimus', items)
    say('%d errors, %d warnings, %d notes', counts[1], counts[2], counts[3] + counts[4])
  end)
end

local function explain()
  server.command('vidimus.explain', { uri = uri(), position = position() }, function(answer)
    if not answer then
      return say('nothing is to be explained here')
    end
    local lines = vim.split(('**%s**\n\n%s'):format(answer.title, answer.markdown), '\n')
    vim.lsp.util.open_floating_preview(lines, 'markdown', { focus_id = 'vidimus', border = 'rounded' })
  end)
end

--- Lets the user choose a type of records, unless one was written.
local function type_of_record(written, chosen)
  if written then
    return chosen(written)
  end
  server.command('vidimus.recordTypes', { uri = uri() }, function(types)
    vim.ui.select(types or {}, {
      prompt = 'Type of record:',
      format_item = function(each)
        return ('%s (%d)'):format(each.label or each.type, each.count)
      end,
    }, function(choice)
      if choice then
        chosen(choice.type)
      end
    end)
  end)
end

local function new(words)
  type_of_record(words[1], function(kind)
    local function make(name)
      if not name or name == '' then
        return
      end
      server.command('vidimus.newRecord', { uri = uri(), type = kind, name = name }, function(answer)
        if answer and answer.location then
          open(answer.location)
        else
          say('no record was made: this text is in no corpus')
        end
      end)
    end
    if words[2] then
      make(table.concat(words, ' ', 2))
    else
      vim.ui.input({ prompt = 'Name: ' }, make)
    end
  end)
end

local function cite(words)
  -- What is chosen goes where the cursor was asked for, even when a picker has moved it.
  local window, buffer = vim.api.nvim_get_current_win(), vim.api.nvim_get_current_buf()
  local row, column = unpack(vim.api.nvim_win_get_cursor(window))
  server.command('vidimus.citations', { uri = uri(), query = table.concat(words, ' ') }, function(sources)
    if not sources or #sources == 0 then
      return say('no source answers to that')
    end
    vim.ui.select(sources, {
      prompt = 'Cite:',
      format_item = function(source)
        return ('%s  %s  %s'):format(source.key, source.label or '', source.detail or '')
      end,
    }, function(source)
      if source then
        vim.api.nvim_buf_set_text(buffer, row - 1, column, row - 1, column, { source.insert })
        vim.api.nvim_win_set_cursor(window, { row, column + #source.insert })
      end
    end)
  end)
end

local function records(words)
  type_of_record(words[1], function(kind)
    server.command('vidimus.records', { uri = uri(), type = kind }, function(answer)
      local items = {}
      for _, record in ipairs(answer and answer.records or {}) do
        local place = vim.lsp.util.locations_to_items({ record.location }, encoding())[1]
        place.text = ('%s  %s  (%d uses)'):format(record.id, record.name, record.uses)
        table.insert(items, place)
      end
      list('Vidimus: ' .. kind, items)
      say('%d of type %s', answer and answer.total or 0, kind)
    end)
  end)
end

local function texts()
  server.command('vidimus.texts', { uri = uri() }, function(answer)
    local items = {}
    for _, text in ipairs(answer and answer.texts or {}) do
      table.insert(items, {
        filename = vim.uri_to_fname(text.uri),
        lnum = 1,
        text = ('%d of %d claims sourced'):format(text.sourced, text.sourced + text.unsourced),
      })
    end
    list('Vidimus: texts', items)
  end)
end

local function status()
  server.command('vidimus.status', {}, function(answer)
    local lines = { 'Vidimus ' .. (answer and answer.version or '') }
    for _, corpus in ipairs(answer and answer.corpora or {}) do
      table.insert(lines, ('%s: %d texts, %d records; %d errors, %d warnings, %d notes'):format(
        corpus.name, corpus.texts, corpus.records, corpus.errors, corpus.warnings, corpus.notes))
    end
    vim.notify(table.concat(lines, '\n'))
  end)
end

local function log()
  vim.cmd.tabedit(vim.fn.fnameescape(vim.lsp.log.get_filename()))
  vim.cmd('normal! G')
end

---@type table<string, vidimus.Command>
M.commands = {
  check = { about = 'the findings of the whole corpus, in the quickfix list', run = check },
  cite = { about = 'choose a source and cite it at the cursor: cite [WORDS]', run = cite },
  explain = { about = 'what stands at the cursor, and why it is flagged or not', run = explain },
  log = { about = "the log of Neovim's client", run = log },
  new = { about = 'make a record: new [TYPE [NAME]]', run = new },
  records = { about = 'records of a type and how often each is used: records [TYPE]', run = records },
  restart = { about = 'end the server and start it again', run = server.restart },
  status = { about = 'what the server has read', run = status },
  texts = { about = 'the texts and how many of their claims have a source', run = texts },
}

--- Runs `:Vidimus WORDS`; without words it lists what there is.
---@param words string[]
function M.run(words)
  local command = M.commands[words[1]]
  if command then
    return command.run(vim.list_slice(words, 2))
  end
  local lines = {}
  for _, name in ipairs(M.complete('', 'Vidimus ')) do
    table.insert(lines, (':Vidimus %-8s %s'):format(name, M.commands[name].about))
  end
  local unknown = words[1] and ('`%s` is none of these\n'):format(words[1]) or ''
  vim.notify(unknown .. table.concat(lines, '\n'), words[1] and vim.log.levels.WARN or vim.log.levels.INFO)
end

--- Names that begin with `lead`, where a name belongs.
---@param lead string
---@param line string the command line so far
---@return string[]
function M.complete(lead, line)
  if not line:find('^%s*%S*%s+%S*$') then
    return {}
  end
  local names = vim.tbl_filter(function(name)
    return vim.startswith(name, lead)
  end, vim.tbl_keys(M.commands))
  table.sort(names)
  return names
end

return M
