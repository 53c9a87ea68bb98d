-- What a user writes: the folder on the runtimepath, and one line.
vim.opt.runtimepath:prepend(vim.env.VIDIMUS_EDITOR)
vim.opt.swapfile = false
vim.lsp.enable('vidimus')
