-- The plugin's own part: commands, the health check, a server that dies.
return function(drive)
  local lua, keys, wait, ok = drive.lua, drive.keys, drive.wait, drive.ok

  lua [=[ Open('analyses/draft-references.md') ]=]
  ok('attaches', wait [=[ local c = Server(); return c and c.initialized ]=])
  ok('the status line counts', wait [=[ return require('vidimus').statusline():find('^Vidimus %d+E') ~= nil ]=],
    lua [=[ return require('vidimus').statusline() ]=])

  local names = lua [=[ return vim.fn.getcompletion('Vidimus re', 'cmdline') ]=]
  ok('commands are completed', vim.deep_equal(names, { 'records', 'restart' }), names)
  lua [=[ vim.cmd('Vidimus wat') ]=]
  ok('an unknown one lists them', lua [=[ return Heard('`wat` is none of these') ~= nil and Heard(':Vidimus explain') ~= nil ]=], lua [=[ return Said ]=])

  lua [=[ vim.cmd('Vidimus check') ]=]
  local found = wait [=[
    local files = {}
    for _, item in ipairs(vim.fn.getqflist()) do files[vim.fn.fnamemodify(vim.fn.bufname(item.bufnr), ':t')] = true end
    return files['draft-references.md'] and vim.tbl_keys(files)
  ]=]
  ok('check lists findings of texts that are not open', found and #found > 2, found)
  ok('and counts them', wait [=[ return Heard(' errors, ') ]=], lua [=[ return Said ]=])
  lua [=[ vim.cmd('cclose') ]=]

  -- Tags of a copy, so that nothing is written beside the plugin.
  lua [=[
    vim.fn.mkdir('../help/doc', 'p')
    vim.uv.fs_copyfile(vim.env.VIDIMUS_EDITOR .. '/doc/vidimus.txt', '../help/doc/vidimus.txt')
    vim.cmd('helptags ../help/doc')
    vim.opt.runtimepath:append(vim.fs.normalize(vim.uv.cwd() .. '/../help'))
    vim.cmd('help vidimus-limits')
  ]=]
  ok('the help file has tags', lua [=[ return vim.api.nvim_get_current_line():find('*vidimus-limits*', 1, true) ~= nil ]=])
  lua [=[
    Missing = vim.tbl_filter(function(name) return #vim.fn.getcompletion(':Vidimus-' .. name, 'help') == 0 end,
      vim.tbl_keys(require('vidimus.commands').commands))
    vim.cmd('helpclose')
  ]=]
  ok('and describes every command', lua [=[ return #Missing == 0 ]=], lua [=[ return Missing ]=])

  lua [=[ vim.cmd('checkhealth vidimus') ]=]
  local health = wait [=[ local t = table.concat(Lines(), '\n'); return t:find('Client') and t ]=] or ''
  ok('health knows Neovim', health:find('Neovim', 1, true) and not health:find('ERROR', 1, true), health)
  ok('and the binary with its version', health:find('vidimus %d+%.%d+%.%d+ at '), health)
  ok('and the root', health:find('/corpus` is the root of', 1, true), health)
  ok('and the client', health:find('attached to %d+ buffers, positions in utf%-'), health)
  ok('and gives no warning', not health:find('WARNING', 1, true), health)
  lua [=[ vim.cmd('bdelete!'); Open('analyses/draft-references.md') ]=]

  -- A server that is killed comes back by itself, with the text.
  local before = lua [=[ return Server().id ]=]
  lua [=[ vim.uv.kill(Server().rpc and vim.fn.systemlist({ 'pgrep', '-P', tostring(vim.fn.getpid()), '-x', 'vidimus' })[1] + 0, 'sigkill') ]=]
  ok('a crash is told', wait [=[ return Heard('Vidimus ended (signal 9)') ]=], lua [=[ return Said ]=])
  ok('and the server is started again', wait([=[ local c = Server(); return c and c.id ~= ... and c.initialized ]=], before))
  lua [=[ vim.diagnostic.reset(); Said = {} ]=]
  keys 'Go<CR>[[nobody-known]]<Esc>'
  ok('and finds again', wait [=[ return #Findings('unknown-entity') == 2 ]=], lua [=[ return vim.diagnostic.get(0) ]=])

  before = lua [=[ return Server().id ]=]
  lua [=[ vim.cmd('Vidimus restart') ]=]
  ok('restart makes a new one', wait([=[ local c = Server(); return c and c.id ~= ... and c.initialized ]=], before))
  ok('without a word of a crash', lua [=[ return not Heard('ended') ]=], lua [=[ return Said ]=])

  -- A Vidimus that is not there.
  lua [=[ for _, c in ipairs(vim.lsp.get_clients()) do vim.lsp.stop_client(c.id) end ]=]
  wait [=[ return not Server() ]=]
  lua [=[ vim.cmd('Vidimus check') ]=]
  ok('without a server a command says what to do', lua [=[ return Heard('`:checkhealth vidimus` says why') ]=], lua [=[ return Said ]=])
  lua [=[ require('vidimus').enable({ cmd = { 'vidimus-that-is-not-here', 'lsp' } }); vim.cmd('checkhealth vidimus') ]=]
  health = wait [=[ local t = table.concat(Lines(), '\n'); return t:find('Client') and t ]=] or ''
  ok('health names the cure', health:find('is not on the PATH', 1, true) and health:find('cargo install', 1, true), health)
  ok('and sees that nothing runs', health:find('the server is not running', 1, true), health)
end
