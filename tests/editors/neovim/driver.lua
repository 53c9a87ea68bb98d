-- Run as `nvim -l driver.lua` in a corpus: starts a second Neovim and presses real keys in it over RPC.
local here = vim.fs.dirname(vim.fs.abspath(debug.getinfo(1, 'S').source:sub(2)))
local patience = 30000

local child = vim.fn.jobstart(
  { vim.v.progpath, '--embed', '--headless', '--clean', '-u', here .. '/init.lua', 'analyses/minsk-2017.md' },
  { rpc = true }
)
local function ask(...) return vim.rpcrequest(child, ...) end
local function lua(code, ...) return ask('nvim_exec_lua', code, { ... }) end
local function keys(text) ask('nvim_input', text) end

-- The first value of `code` that is neither nil nor false.
local function wait(code, ...)
  local arguments, value = { ... }, nil
  vim.wait(patience, function()
    value = lua(code, unpack(arguments))
    return value ~= vim.NIL and value ~= false and value ~= nil
  end, 25)
  return value ~= vim.NIL and value or nil
end

local failed, count = 0, 0
local function ok(what, holds, seen)
  count = count + 1
  if not holds then failed = failed + 1 end
  local shown = holds and '' or '  # ' .. vim.inspect(seen):gsub('%s+', ' ')
  io.stdout:write(('%s %d - %s%s\n'):format(holds and 'ok' or 'not ok', count, what, shown))
end

local function run()
  ask('nvim_ui_attach', 120, 40, { rgb = true })
  lua [=[
    function Go(words)
      for row, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
        local column = line:find(words, 1, true)
        if column then vim.api.nvim_win_set_cursor(0, { row, column + 1 }) return true end
      end
      error('not in the text: ' .. words)
    end
    function Float()
      for _, window in ipairs(vim.api.nvim_list_wins()) do
        if vim.api.nvim_win_get_config(window).relative ~= '' then
          return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), '\n')
        end
      end
    end
    function Findings(code)
      return vim.tbl_filter(function(d) return d.code == code end, vim.diagnostic.get(0))
    end
  ]=]

  ok('attaches', wait [=[ local c = vim.lsp.get_clients({ bufnr = 0 })[1]; return c and c.initialized ]=])
  ok('counts bytes', lua [=[ return vim.lsp.get_clients({ bufnr = 0 })[1].offset_encoding ]=] == 'utf-8')
  local root = lua [=[ return vim.lsp.get_clients({ bufnr = 0 })[1].config.root_dir ]=]
  ok('the corpus is the root', vim.fs.basename(root or '') == 'corpus', root)

  lua [=[ Go('[[unsc-2202#op-1') ]=]
  keys 'K'
  local card = wait [=[ return Float() ]=]
  ok('K shows the pinpointed paragraph', card and card:find('Endorses the Package of Measures', 1, true), card)
  keys 'l'
  wait [=[ return Float() == nil ]=]

  lua [=[ Go('[[unsc-2202#op-1') ]=]
  keys '<C-]>'
  local there = wait [=[ return vim.fn.expand('%:t') == 'unsc-2202.md' and vim.api.nvim_get_current_line() ]=]
  ok('CTRL-] leads to the paragraph', there and there:find('^1%. Endorses'), there)
  keys '<C-o>'
  wait [=[ return vim.fn.expand('%:t') == 'minsk-2017.md' ]=]

  keys 'Go<CR>See [[nobody-known|him]] and resolution 1325 (2000).<Esc>'
  ok('a finding appears while typing', wait [=[ return #Findings('unknown-entity') == 1 ]=], lua [=[ return vim.diagnostic.get(0) ]=])
  local words = lua [=[
    local d = Findings('unknown-entity')[1]
    return d and vim.api.nvim_buf_get_text(0, d.lnum, d.col, d.end_lnum, d.end_col, {})[1]
  ]=]
  ok('and stands on the words', type(words) == 'string' and words:find('nobody-known', 1, true), words)
  keys 'u'
  ok('and leaves with them', wait [=[ return #Findings('unknown-entity') == 0 ]=])
  keys '<C-r>'

  lua [=[ Go('resolution 1325') ]=]
  keys '<C-]>'
  there = wait [=[ return vim.fn.expand('%:t') == 'unsc-1325.md' and vim.api.nvim_buf_get_lines(0, 0, 1, false)[1] ]=]
  ok('an instrument without a note leads to a page of its own', there == '# S/RES/1325 (2000)', there)
  ok('which is read-only', lua [=[ return vim.bo.readonly ]=])

  ok('and is served by the same server', wait [=[ return #vim.lsp.get_clients({ bufnr = 0 }) == 1 and #vim.lsp.get_clients() == 1 ]=])

  lua [=[ vim.cmd('silent! wall!'); vim.lsp.enable('vidimus', false) ]=]
  ok('the server leaves', wait [=[ return #vim.lsp.get_clients() == 0 ]=])
end

local done, fault = xpcall(run, debug.traceback)
if not done then
  failed = failed + 1
  io.stdout:write('not ok - ' .. tostring(fault) .. '\n')
end
pcall(ask, 'nvim_command', 'qa!')
vim.fn.jobwait({ child }, 2000)
vim.fn.jobstop(child)
io.stdout:write(('1..%d\n'):format(count))
os.exit(failed == 0 and 0 or 1)
