--- The server's process as Neovim sees it: what it is started with, where it is attached, what comes when it ends.
local M = {}

--- What a user of a Neovim before 0.11 gave to `enable`; newer ones keep it in `vim.lsp.config`.
---@type table
M.settings = {}

--- A crash is answered by a start until there were this many within `period` seconds.
local most, period = 3, 180
---@type number[] seconds, when it crashed
local crashes = {}
--- Set while it is ended on purpose.
local wanted = false

--- The configuration as the user has it.
---@return table
function M.config()
  if vim.lsp.config then
    return vim.lsp.config.vidimus
  end
  local path = vim.api.nvim_get_runtime_file('lsp/vidimus.lua', false)[1]
  return vim.tbl_deep_extend('force', { name = 'vidimus' }, path and dofile(path) or {}, M.settings)
end

--- The client of a buffer (0: of this one), or any when no buffer is named.
---@param buffer? integer
---@return vim.lsp.Client?
function M.client(buffer)
  return vim.lsp.get_clients({ name = 'vidimus', bufnr = buffer })[1]
end

--- Starts the server for a buffer, or attaches it, where it has something to say.
---@param buffer integer
function M.attach(buffer)
  local config = M.config()
  if vim.bo[buffer].buftype ~= '' or not vim.tbl_contains(config.filetypes, vim.bo[buffer].filetype) then
    return
  end
  local function start(root)
    local own = vim.tbl_extend('force', vim.deepcopy(config), { root_dir = root })
    vim.lsp.start(own, { bufnr = buffer, reuse_client = config.reuse_client })
  end
  if type(config.root_dir) == 'function' then
    config.root_dir(buffer, start)
  else
    start(config.root_dir)
  end
end

--- The same for every buffer.
function M.attach_all()
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buffer) then
      M.attach(buffer)
    end
  end
end

--- Ends the server and starts it again.
function M.restart()
  wanted = true
  for _, client in ipairs(vim.lsp.get_clients({ name = 'vidimus' })) do
    vim.lsp.stop_client(client.id)
  end
  local gone = vim.wait(3000, function()
    return not M.client()
  end, 20)
  if not gone then
    vim.lsp.stop_client(M.client().id, true)
  end
  vim.schedule(function()
    wanted, crashes = false, {}
    M.attach_all()
  end)
end

--- Called when a server has ended: after a crash it is started again, later each time, and not for ever.
---@param code integer
---@param signal integer
---@param id integer the client's
function M.ended(code, signal, id)
  -- 143 and SIGTERM are Neovim's own way to end it.
  if wanted or vim.v.exiting ~= vim.NIL or (code == 0 and signal == 0) or signal == 15 or code == 143 then
    return
  end
  local now = vim.uv.now() / 1000
  crashes = vim.tbl_filter(function(then_)
    return now - then_ < period
  end, crashes)
  table.insert(crashes, now)
  local how = signal ~= 0 and ('signal ' .. signal) or ('status ' .. code)
  if #crashes > most then
    vim.notify(
      ('Vidimus ended %d times within %d s (%s): see `:Vidimus log`; `:Vidimus restart` tries again'):format(#crashes, period, how),
      vim.log.levels.ERROR
    )
    return
  end
  vim.notify(('Vidimus ended (%s) and is started again'):format(how), vim.log.levels.WARN)
  vim.defer_fn(function()
    if not M.client() then
      M.attach_all()
    end
  end, 250 * 4 ^ (#crashes - 1))
end

--- `client:request`, which was no method before 0.11.
local function request(client, ...)
  if vim.fn.has('nvim-0.11') == 1 then
    return client:request(...)
  end
  return client.request(...)
end

--- Asks for the findings of a buffer each time that a window comes to show it.
---@param id integer the client's
---@param buffer integer
function M.ask_when_shown(id, buffer)
  local client = vim.lsp.get_client_by_id(id)
  if not client or client.name ~= 'vidimus' then
    return
  end
  vim.api.nvim_create_autocmd('BufWinEnter', {
    group = vim.api.nvim_create_augroup('vidimus.shown.' .. buffer, {}),
    buffer = buffer,
    callback = function()
      if client.server_capabilities.diagnosticProvider and vim.lsp.get_client_by_id(id) then
        request(client, 'textDocument/diagnostic', { textDocument = { uri = vim.uri_from_bufnr(buffer) } }, nil, buffer)
      end
    end,
  })
end

--- Asks the server, and hands over its answer; a refusal is told.
---@param method string
---@param parameters table
---@param answered fun(answer: any)
function M.ask(method, parameters, answered)
  local client = M.client(0) or M.client()
  if not client then
    vim.notify('Vidimus is not attached here: `:checkhealth vidimus` says why', vim.log.levels.WARN)
    return
  end
  local function handler(fault, answer)
    if fault then
      vim.notify('Vidimus: ' .. (fault.message or vim.inspect(fault)), vim.log.levels.ERROR)
    else
      answered(answer ~= vim.NIL and answer or nil)
    end
  end
  request(client, method, parameters, handler, 0)
end

--- Runs one of the server's own commands; one that this server does not have is told.
---@param command string such as `vidimus.explain`
---@param argument table
---@param answered fun(answer: any)
function M.command(command, argument, answered)
  local client = M.client(0) or M.client()
  local provider = client and client.server_capabilities.executeCommandProvider
  if client and not vim.tbl_contains(provider and provider.commands or {}, command) then
    local info = client.server_info
    local version = info and info.version or 'this version'
    vim.notify(('Vidimus %s has no `%s`: a newer one is needed'):format(version, command), vim.log.levels.WARN)
    return
  end
  if vim.tbl_isempty(argument) then
    argument = vim.empty_dict()
  end
  M.ask('workspace/executeCommand', { command = command, arguments = { argument } }, answered)
end

return M
