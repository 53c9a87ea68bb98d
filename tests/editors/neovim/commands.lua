-- The plugin's commands that ask the server's own.
return function(drive)
  local lua, keys, wait, ok = drive.lua, drive.keys, drive.wait, drive.ok

  lua [=[
    -- Whoever chooses takes the first; what was to choose from is kept.
    vim.ui.select = function(items, how, chosen)
      Offered = vim.tbl_map(how.format_item, items)
      chosen(items[1])
    end
    vim.ui.input = function(_, entered) entered('Ada Example') end
    Open('analyses/minsk-2017.md')
  ]=]
  ok('attaches', wait [=[ local c = Server(); return c and c.initialized ]=])

  lua [=[ vim.cmd('Vidimus status') ]=]
  local said = wait [=[ return Heard(' texts, ') ]=]
  ok('status counts', said and said:find('^Vidimus %d+%.%d+%.%d+\n.*: %d+ texts, %d+ records; %d+ errors'), said)
  ok('what the server tells unasked is kept', wait [=[ local c = require('vidimus').corpora()[1]; return c and c.ready and c.texts > 5 ]=],
    lua [=[ return require('vidimus').corpora() ]=])

  lua [=[ Go('[[unsc-2202#op-1'); vim.cmd('Vidimus explain') ]=]
  local card = wait [=[ return Float() ]=]
  ok('explain opens a window', type(card) == 'string' and card:find('unsc-2202', 1, true), card)
  keys 'l'
  wait [=[ return Float() == nil ]=]

  lua [=[ vim.cmd('Vidimus records person') ]=]
  local item = wait [=[
    for _, item in ipairs(vim.fn.getqflist()) do
      if item.text:find('lavrov', 1, true) then return item.text .. ' ' .. vim.fn.bufname(item.bufnr) end
    end
  ]=]
  ok('records lists people with their uses', item and item:find('Sergey Lavrov  %(%d+ uses%)') and item:find('people.yaml', 1, true), item)
  lua [=[ vim.cmd('cclose | Vidimus records') ]=]
  ok('or lets choose a type', wait [=[ return Offered and #Offered > 3 and Offered[1]:find('%(%d+%)') ]=], lua [=[ return Offered ]=])
  wait [=[ return Heard(' of type ') ]=]

  lua [=[ vim.cmd('cclose | Vidimus texts') ]=]
  item = wait [=[
    for _, item in ipairs(vim.fn.getqflist()) do
      if vim.fn.bufname(item.bufnr):find('minsk%-2017') then return item.text end
    end
  ]=]
  ok('texts counts claims', item and item:find('^%d+ of %d+ claims sourced$'), item)
  lua [=[ vim.cmd('cclose') ]=]

  keys 'Go<CR>It was so <Esc>'
  wait [=[ return vim.fn.mode() == 'n' and vim.api.nvim_get_current_line() == 'It was so ' ]=]
  lua [=[ Offered = nil; vim.cmd('Vidimus cite tass') ]=]
  local line = wait [=[ local l = vim.api.nvim_get_current_line(); return l:find('@tass', 1, true) and l ]=]
  ok('cite writes a citation at the cursor', line and line:find('%[@tass%-2017%]'), { line, lua [=[ return Offered ]=] })

  lua [=[ vim.cmd('Vidimus new person') ]=]
  local there = wait [=[ return table.concat(Lines(), '\n'):find('Ada Example', 1, true) and vim.fn.expand('%:t') ]=]
  ok('new makes a record and goes there', there and there ~= 'minsk-2017.md', { there, lua [=[ return Said ]=] })

  lua [=[
    Said = {}
    Server().server_capabilities.executeCommandProvider.commands = {}
    vim.cmd('Vidimus explain')
  ]=]
  ok('an older server is named with what it lacks', lua [=[ return Heard('has no `vidimus.explain`: a newer one is needed') ]=],
    lua [=[ return Said ]=])
end
