-- Run as `nvim -l driver.lua SCENARIO.lua` in a corpus: starts a second Neovim and presses real keys in it over RPC.
-- (`feedkeys(…, 'x!')` within one process hangs; a user interface must be attached for what is drawn late to be drawn.)
local here = vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2))
local patience = 15000

local child = vim.fn.jobstart(
  { vim.env.VIDIMUS_NVIM, '--embed', '--headless', '--clean', '-u', here .. '/' .. vim.env.VIDIMUS_INIT },
  { rpc = true, env = { NVIM = '' } }
)

local drive = { failed = 0, count = 0 }

function drive.ask(...) return vim.rpcrequest(child, ...) end
function drive.lua(code, ...) return drive.ask('nvim_exec_lua', code, { ... }) end
function drive.keys(text) drive.ask('nvim_input', text) end

-- The first value of `code` that is neither nil nor false.
function drive.wait(code, ...)
  local arguments, value = { ... }, nil
  vim.wait(patience, function()
    value = drive.lua(code, unpack(arguments))
    return value ~= vim.NIL and value ~= false and value ~= nil
  end, 25)
  return value ~= vim.NIL and value or nil
end

-- Waits until the child is in a mode: `c` where a prompt is open, `i` while inserting.
function drive.mode(mode)
  return vim.wait(patience, function() return drive.ask('nvim_get_mode').mode == mode end, 20)
end

function drive.ok(what, holds, seen)
  drive.count = drive.count + 1
  if not holds then drive.failed = drive.failed + 1 end
  local shown = holds and '' or '  # ' .. vim.inspect(seen):gsub('%s+', ' ')
  io.stdout:write(('%s %d - %s%s\n'):format(holds and 'ok' or 'not ok', drive.count, what, shown))
end

-- What a scenario asks the child for, over and over.
local helpers = [=[
  function Lines() return vim.api.nvim_buf_get_lines(0, 0, -1, false) end
  -- Puts the cursor behind the second character of the first place with these words.
  function Go(words, nth)
    for row, line in ipairs(Lines()) do
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
  function Server() return vim.lsp.get_clients({ name = 'vidimus' })[1] end
  function Open(path) vim.cmd.edit(path) end
  -- What was said to the user, in place of the message area.
  Said = {}
  vim.notify = function(message) table.insert(Said, message) end
  function Heard(words)
    for _, message in ipairs(Said) do
      if message:find(words, 1, true) then return message end
    end
  end
]=]

local function run()
  drive.ask('nvim_ui_attach', 120, 40, { rgb = true })
  drive.lua(helpers)
  -- Keys for requests came with 0.11.
  drive.new = drive.lua [=[ return vim.fn.has('nvim-0.11') == 1 ]=]
  dofile(arg[1])(drive)
end

local done, fault = xpcall(run, debug.traceback)
if not done then
  drive.failed = drive.failed + 1
  io.stdout:write('not ok - ' .. tostring(fault) .. '\n')
end
pcall(drive.ask, 'nvim_command', 'qa!')
vim.fn.jobwait({ child }, 2000)
vim.fn.jobstop(child)
io.stdout:write(('1..%d\n'):format(drive.count))
os.exit(drive.failed == 0 and 0 or 1)
