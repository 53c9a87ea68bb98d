" Vidimus in Vim with ALE: source this file behind ALE.
call ale#linter#Define('markdown', {
\   'name': 'vidimus',
\   'lsp': 'stdio',
\   'executable': 'vidimus',
\   'command': '%e lsp',
\   'project_root': {buffer -> fnamemodify(findfile('vidimus.toml', fnamemodify(bufname(buffer), ':p:h') . ';'), ':p:h')},
\})
let g:ale_linters = extend(get(g:, 'ale_linters', {}), {'markdown': ['vidimus']})
