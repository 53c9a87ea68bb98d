-- What who writes asks for: completion, rename, cures.
return function(drive)
  local lua, keys, wait, ok = drive.lua, drive.keys, drive.wait, drive.ok

  lua [=[
    vim.o.completeopt = 'menuone,noselect'
    Open('analyses/minsk-2017.md')
  ]=]
  ok('attaches', wait [=[ local c = Server(); return c and c.initialized ]=])

  -- What an editor that closes brackets leaves: `[[` before the cursor, `]]` ahead.
  keys 'Go<CR>It was said by [[]].<Left><Left><Left>lavr<C-x><C-o>'
  local items = wait [=[
    return vim.fn.pumvisible() == 1 and vim.tbl_map(function(i) return i.word end, vim.fn.complete_info({ 'items' }).items)
  ]=]
  ok('names are proposed', items and #items > 0, items)
  keys '<C-n><C-y>'
  local line = wait [=[ local l = vim.api.nvim_get_current_line(); return l:find('lavrov', 1, true) and l ]=]
  ok('the brackets ahead are not doubled', line and line:find('%[%[lavrov[^%]]*%]%]%.$'), line)
  keys '<Esc>'

  keys 'oIt was written [@tass-2<C-x><C-o>'
  items = wait [=[
    return vim.fn.pumvisible() == 1 and vim.tbl_map(function(i) return i.word end, vim.fn.complete_info({ 'items' }).items)
  ]=]
  ok('sources are proposed', items and #items > 0, items)
  keys '<C-n><C-y>'
  line = wait [=[ local l = vim.api.nvim_get_current_line(); return l:find('tass-2017', 1, true) and l ]=]
  ok('a source is written', line and line:find('^It was written %[@tass%-2017'), line)
  keys '<Esc>'

  lua [=[ Go('[[lavrov|the top') ]=]
  keys(drive.new and 'grn' or ':lua vim.lsp.buf.rename()<CR>')
  -- The name is asked for first, then prompted.
  local prompted = drive.mode('c') and wait [=[ return vim.fn.getcmdtype() == '@' and vim.fn.getcmdline() ]=]
  ok('the prompt holds the id', prompted == 'lavrov', prompted)
  keys '<C-u>s-lavrov<CR>'
  ok('a name is changed here', wait [=[ return table.concat(Lines(), '\n'):find('[[s-lavrov|the top', 1, true) ~= nil ]=])
  lua [=[ vim.cmd('silent! wall') ]=]
  local registry = lua [=[ return table.concat(vim.fn.readfile('registry/people.yaml'), '\n') ]=]
  ok('and where it is defined', registry:find('id: s-lavrov', 1, true), registry)
  ok('and nothing is unknown then', wait [=[ return #Findings('unknown-entity') == 0 ]=])

  lua [=[ Open('analyses/draft-references.md') ]=]
  ok('a renamed id is found', wait [=[ return #Findings('renamed-id') == 1 ]=], lua [=[ return vim.diagnostic.get(0) ]=])
  lua [=[
    Go('[[res-2202|')
    vim.lsp.buf.code_action({ apply = true, filter = function(a) return a.isPreferred end, context = { only = { 'quickfix' } } })
  ]=]
  ok('its cure is applied', wait [=[ return table.concat(Lines(), '\n'):find('[[unsc-2202|the resolution]]', 1, true) ~= nil ]=])
  ok('and the finding leaves', wait [=[ return #Findings('renamed-id') == 0 ]=])
end
