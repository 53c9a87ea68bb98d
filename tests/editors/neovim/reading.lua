-- What is shown to who reads: findings, cards, places, the outline, hints, colours.
return function(drive)
  local lua, keys, wait, ok = drive.lua, drive.keys, drive.wait, drive.ok

  lua [=[ Open('analyses/minsk-2017.md') ]=]
  ok('attaches', wait [=[ local c = Server(); return c and c.initialized ]=])
  -- 0.10 keeps the agreed unit elsewhere, and agrees on none but the protocol's own.
  ok('counts bytes where it can', lua [=[ return Server().offset_encoding == (vim.fn.has('nvim-0.11') == 1 and 'utf-8' or 'utf-16') ]=])
  local root = lua [=[ return Server().config.root_dir ]=]
  ok('the corpus is the root', vim.fs.basename(root or '') == 'corpus', root)

  lua [=[ Go('[[unsc-2202#op-1') ]=]
  keys 'K'
  local card = wait [=[ return Float() ]=]
  ok('K shows the pinpointed paragraph', card and card:find('Endorses the Package of Measures', 1, true), card)
  keys 'l'
  wait [=[ return Float() == nil ]=]

  lua [=[ Go('[[unsc-2202#op-1') ]=]
  keys '<C-]>'
  local there = wait [=[ return vim.fn.expand('%:t') == 'unsc-2202.md' and vim.api.nvim_get_current_line() ]=]
  ok('CTRL-] leads to the paragraph', there and there:find('^1%. Endorses'), there)
  keys '<C-o>'
  wait [=[ return vim.fn.expand('%:t') == 'minsk-2017.md' ]=]

  keys 'Go<CR>See [[nobody-known|him]] 🕊️🕊️ and [[nobody-else]], resolution 1325 (2000).<Esc>'
  ok('findings appear while typing', wait [=[ return #Findings('unknown-entity') == 2 ]=], lua [=[ return vim.diagnostic.get(0) ]=])
  local words = lua [=[
    return vim.tbl_map(function(d) return vim.api.nvim_buf_get_text(0, d.lnum, d.col, d.end_lnum, d.end_col, {})[1] end, Findings('unknown-entity'))
  ]=]
  table.sort(words)
  ok('and stand on the words, behind doves too', vim.deep_equal(words, { 'nobody-else', 'nobody-known' }), words)
  keys 'u'
  ok('and leave with them', wait [=[ return #Findings('unknown-entity') == 0 ]=])
  keys '<C-r>'

  lua [=[ Go('[[lavrov|the top') ]=]
  keys(drive.new and 'grr' or ':lua vim.lsp.buf.references()<CR>')
  local files = wait [=[
    local items = vim.fn.getqflist()
    local names = {}
    for _, item in ipairs(items) do names[vim.fn.fnamemodify(vim.fn.bufname(item.bufnr), ':t')] = true end
    return #items > 3 and vim.tbl_keys(names)
  ]=]
  ok('references come from several files', files and #files > 2 and vim.tbl_contains(files, 'minsk-2017.md'), files)
  lua [=[ vim.cmd('cclose') ]=]

  -- The location list, before 0.11 the quickfix list.
  lua [=[ vim.fn.setqflist({}); vim.lsp.buf.document_symbol() ]=]
  local outline = wait [=[ local l = vim.fn.getloclist(0); l = #l > 0 and l or vim.fn.getqflist(); return #l > 0 and vim.tbl_map(function(i) return i.text end, l) ]=]
  ok('the outline has the headings', outline and table.concat(outline, '|'):find('What was agreed', 1, true), outline)
  lua [=[ vim.cmd('lclose | cclose') ]=]

  lua [=[ vim.lsp.inlay_hint.enable(true, { bufnr = 0 }) ]=]
  local hints = wait [=[
    local hints = vim.lsp.inlay_hint.get({ bufnr = 0 })
    return #hints > 0 and vim.tbl_map(function(h)
      local label = h.inlay_hint.label
      return type(label) == 'string' and label or table.concat(vim.tbl_map(function(p) return p.value end, label))
    end, hints)
  ]=]
  ok('hints are shown', hints and #hints > 0, hints)
  ok('and drawn', wait [=[
    for name, space in pairs(vim.api.nvim_get_namespaces()) do
      if name:find('inlay') and #vim.api.nvim_buf_get_extmarks(0, space, 0, -1, {}) > 0 then return true end
    end
  ]=])

  lua [=[ Go('[[osce-smm|') ]=]
  local token = wait [=[
    local place = vim.api.nvim_win_get_cursor(0)
    local tokens = vim.lsp.semantic_tokens.get_at_pos(0, place[1] - 1, place[2])
    return tokens and tokens[1] and tokens[1].type
  ]=]
  ok('a mention has a colour of its own', type(token) == 'string', token)
  ok('which is drawn', wait [=[
    local marks = vim.inspect_pos().semantic_tokens
    return #marks > 0
  ]=], lua [=[ return vim.inspect_pos() ]=])

  lua [=[ Go('resolution 1325') ]=]
  keys '<C-]>'
  there = wait [=[ return vim.fn.expand('%:t') == 'unsc-1325.md' and vim.api.nvim_buf_get_lines(0, 0, 1, false)[1] ]=]
  ok('an instrument without a note leads to a page of its own', there == '# S/RES/1325 (2000)', there)
  ok('which is read-only', lua [=[ return vim.bo.readonly ]=])
  ok('and is served by the same server', wait [=[ return #vim.lsp.get_clients({ bufnr = 0 }) == 1 and #vim.lsp.get_clients() == 1 ]=])

  lua [=[ vim.cmd('silent! wall!'); for _, c in ipairs(vim.lsp.get_clients()) do vim.lsp.stop_client(c.id) end ]=]
  ok('the server leaves', wait [=[ return #vim.lsp.get_clients() == 0 ]=])
end
