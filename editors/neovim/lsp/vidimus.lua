-- Vidimus for Neovim 0.11 and later.
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
}
