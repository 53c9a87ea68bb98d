# Vidimus in Kakoune with kak-lsp: source this file behind `evaluate-commands %sh{ kak-lsp }`.
# It takes the place of what kak-lsp has for Markdown; to keep that, copy its section in here, too.
hook -group lsp-filetype-vidimus global BufSetOption filetype=markdown %{
    set-option buffer lsp_servers %{
        [vidimus]
        root_globs = ["vidimus.toml"]
        command = "vidimus"
        args = ["lsp"]
    }
}
