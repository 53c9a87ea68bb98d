-- The same before Neovim 0.11.
vim.opt.runtimepath:prepend(vim.env.VIDIMUS_EDITOR)
vim.opt.swapfile = false
require('vidimus').enable()
