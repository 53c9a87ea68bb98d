-- `:Vidimus`, and nothing else: the server starts where init.lua asks for it (`:help vidimus-install`).
if vim.g.loaded_vidimus then
  return
end
vim.g.loaded_vidimus = true

if vim.fn.has('nvim-0.10') == 0 then
  vim.notify('Vidimus needs Neovim 0.10 or later', vim.log.levels.WARN)
  return
end

vim.api.nvim_create_user_command('Vidimus', function(command)
  require('vidimus.commands').run(command.fargs)
end, {
  nargs = '*',
  desc = 'Vidimus: check, explain, cite, …',
  complete = function(lead, line)
    return require('vidimus.commands').complete(lead, line)
  end,
})

-- Neovim asks for the findings of buffers that are seen; one that a rename loaded stays without when it is shown later.
vim.api.nvim_create_autocmd('LspAttach', {
  group = vim.api.nvim_create_augroup('vidimus.plugin', {}),
  callback = function(attached)
    require('vidimus.server').ask_when_shown(attached.data.client_id, attached.buf)
  end,
})
