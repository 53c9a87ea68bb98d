--- `:checkhealth vidimus`: what is there, what is not, and what to do about it.
local health = vim.health
local server = require('vidimus.server')

local M = {}

local function neovim()
  health.start('Neovim')
  local version = tostring(vim.version())
  if vim.fn.has('nvim-0.11') == 1 then
    health.ok(version)
  elseif vim.fn.has('nvim-0.10') == 1 then
    health.ok(version .. ": init.lua needs `require('vidimus').enable()`")
  else
    health.error(version .. ' is too old', 'install Neovim 0.10 or later')
  end
end

local function binary(config)
  health.start('Server')
  local command = type(config.cmd) == 'table' and config.cmd[1]
  if not command then
    return health.info('started by a function of yours')
  end
  local path = vim.fn.exepath(command)
  if path == '' then
    return health.error(('`%s` is not on the PATH'):format(command), {
      'install it: `cargo install vidimus`',
      "or name it in init.lua: `vim.lsp.config('vidimus', { cmd = { '/path/to/vidimus', 'lsp' } })`",
    })
  end
  local told = vim.fn.system({ path, '--version' })
  if vim.v.shell_error ~= 0 or not told:find('^vidimus ') then
    return health.error(('`%s --version` says: %s'):format(path, vim.trim(told)), 'put the right `vidimus` first on the PATH')
  end
  health.ok(('%s at `%s`'):format(vim.trim(told), path))
end

--- Buffers that the server could have something to say about.
local function buffers(config)
  return vim.tbl_filter(function(buffer)
    local ours = vim.tbl_contains(config.filetypes or {}, vim.bo[buffer].filetype)
    return vim.api.nvim_buf_is_loaded(buffer) and vim.bo[buffer].buftype == '' and ours
  end, vim.api.nvim_list_bufs())
end

local function corpora(config)
  health.start('Corpora')
  local seen, none = {}, true
  for _, buffer in ipairs(buffers(config)) do
    local root = vim.fs.root(buffer, 'vidimus.toml')
    none = false
    if not seen[root or ''] then
      seen[root or ''] = true
      local name = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(buffer), ':~:.')
      if root then
        health.ok(('`%s` is the root of `%s`'):format(root, name))
      else
        health.info(('`%s` is in no corpus: cards and links work, findings are not shown; `vidimus init` begins one'):format(name))
      end
    end
  end
  if none then
    health.info('no open buffer is a text: open one, and check again')
  end
end

local function clients(config)
  health.start('Client')
  local client = server.client()
  if client then
    local attached = vim.tbl_count(client.attached_buffers or {})
    local info = client.server_info or {}
    health.ok(('%s is attached to %d buffers, positions in %s'):format(
      vim.trim(client.name .. ' ' .. (info.version or '')), attached, client.offset_encoding))
    return
  end
  if #buffers(config) == 0 then
    return health.info('not started: it starts with the first text')
  end
  local enabled = not vim.lsp.is_enabled or vim.lsp.is_enabled('vidimus')
  health.warn('the server is not running', {
    enabled and '`:Vidimus restart` starts it' or "write `vim.lsp.enable('vidimus')` in init.lua",
    '`:Vidimus log` opens what it said',
  })
end

--- Called by `:checkhealth vidimus`.
function M.check()
  neovim()
  local config = server.config()
  if not config or not config.cmd then
    health.start('Server')
    return health.error('`lsp/vidimus.lua` is not found', 'put `editors/neovim` on the runtimepath')
  end
  binary(config)
  corpora(config)
  clients(config)
end

return M
