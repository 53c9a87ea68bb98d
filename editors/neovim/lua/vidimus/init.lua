--- Vidimus in Neovim: how it is switched on, and what a status line may show.
---
--- The server's configuration is `lsp/vidimus.lua`, the commands are `vidimus.commands`.
local M = {}

--- What the server tells by `vidimus/status`.
---@class vidimus.Status
---@field version string
---@field corpora vidimus.Corpus[]

--- Counts are of files and findings.
---@class vidimus.Corpus
---@field root string the folder's URI
---@field name string
---@field texts integer
---@field records integer
---@field ready boolean
---@field done number 0 to 1, of reading the corpus
---@field errors integer
---@field warnings integer
---@field notes integer

--- Switches the server on, in any Neovim that has a client. 0.11 could do with `vim.lsp.enable('vidimus')`.
---@param settings? vim.lsp.Config what differs from `lsp/vidimus.lua`
function M.enable(settings)
  local server = require('vidimus.server')
  if vim.lsp.enable then
    vim.lsp.config('vidimus', settings or {})
    vim.lsp.enable('vidimus')
    return
  end
  server.settings = settings or {}
  vim.api.nvim_create_autocmd('FileType', {
    group = vim.api.nvim_create_augroup('vidimus', {}),
    pattern = server.config().filetypes,
    desc = 'starts Vidimus',
    callback = function(event)
      server.attach(event.buf)
    end,
  })
  server.attach_all()
end

--- The corpora as the server told last; none before it did.
---@return vidimus.Corpus[]
function M.corpora()
  local status = vim.g.vidimus_status
  return type(status) == 'table' and status.corpora or {}
end

local function percent(corpora)
  local least = 1
  for _, corpus in ipairs(corpora) do
    least = math.min(least, corpus.ready and 1 or corpus.done or 0)
  end
  return math.floor(least * 100)
end

--- For a status line: `Vidimus 40%` while a corpus is read, then the findings of this buffer, `Vidimus 1E 2W`; empty where the
--- server is not attached. `vim.o.statusline = "%f %= %{v:lua.require'vidimus'.statusline()}"`
---@return string
function M.statusline()
  local client = require('vidimus.server').client(0)
  if not client then
    return ''
  end
  local read = percent(M.corpora())
  if read < 100 then
    return ('Vidimus %d%%'):format(read)
  end
  local parts = { 'Vidimus' }
  for level, letter in ipairs({ 'E', 'W', 'I', 'H' }) do
    local count = #vim.diagnostic.get(0, { severity = level })
    if count > 0 then
      table.insert(parts, count .. letter)
    end
  end
  return table.concat(parts, ' ')
end

return M
