-- Vidimus for Neovim 0.11 and later; older ones read the same table by `require('vidimus').enable()`.
--
-- Put this folder (the one above `lsp/`) on the runtimepath, or copy this file into `lsp/` of your own
-- configuration; then, in init.lua:
--
--     vim.lsp.enable('vidimus')
--
-- In prose the server always attaches. In files that are ours only inside a corpus (lists of records, bibliographies, plain
-- text) it attaches where `vidimus.toml` lies in the folder or above.

local prose = { markdown = true, quarto = true, rmd = true }

---@type vim.lsp.Config
return {
  cmd = { 'vidimus', 'lsp' },
  filetypes = { 'markdown', 'quarto', 'rmd', 'text', 'yaml', 'json', 'jsonl', 'bib', 'toml' },
  root_markers = { 'vidimus.toml' },
  -- The server then tells what it has read; see the handler below.
  init_options = { status = true },
  -- One server knows several corpora, and finds each text's own.
  reuse_client = function(client, config)
    return client.name == config.name
  end,
  root_dir = function(buffer, start)
    local root = vim.fs.root(buffer, 'vidimus.toml')
    if root or prose[vim.bo[buffer].filetype] then
      start(root)
    end
  end,
  handlers = {
    ['vidimus/status'] = function(_, status)
      vim.g.vidimus_status = status
      vim.cmd.redrawstatus()
    end,
  },
  -- Without the rest of the plugin Neovim says itself that the server ended.
  on_exit = function(code, signal, id)
    vim.schedule(function()
      vim.g.vidimus_status = nil
      local found, server = pcall(require, 'vidimus.server')
      if found then
        server.ended(code, signal, id)
      end
    end)
  end,
}
