" Vidimus in Vim with vim-lsp: source this file.
if executable('vidimus')
  autocmd User lsp_setup call lsp#register_server({
  \   'name': 'vidimus',
  \   'cmd': {_ -> ['vidimus', 'lsp']},
  \   'allowlist': ['markdown'],
  \   'root_uri': {_ -> lsp#utils#path_to_uri(lsp#utils#find_nearest_parent_file_directory(lsp#utils#get_buffer_path(), 'vidimus.toml'))},
  \})
endif
