-- What the help file proposes, and findings in words: for pictures.
vim.opt.runtimepath:prepend(vim.env.VIDIMUS_EDITOR)
vim.opt.swapfile = false
vim.opt.termguicolors = true
vim.opt.signcolumn = 'yes'
vim.opt.number = false
vim.opt.wrap = true
vim.opt.linebreak = true
vim.opt.winborder = 'rounded'
vim.opt.shortmess:append('IF')
vim.o.statusline = " %f %m %= %{v:lua.require'vidimus'.statusline()} "
vim.api.nvim_set_hl(0, 'LspInlayHint', { link = 'Comment' })
vim.diagnostic.config({ virtual_text = true })
vim.api.nvim_create_autocmd('LspAttach', {
  callback = function(attached)
    vim.lsp.inlay_hint.enable(true, { bufnr = attached.buf })
  end,
})
vim.lsp.enable('vidimus')
