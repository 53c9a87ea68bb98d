;;; loads.el --- the file is whole, and asks for no package  -*- lexical-binding: t; -*-

(require 'bytecomp)
(scenario
 (ok "loads" (require 'vidimus))
 (ok "without Eglot and lsp-mode" (not (or (featurep 'eglot) (featurep 'lsp-mode))))
 (let ((byte-compile-error-on-warn t)
       (byte-compile-dest-file-function (lambda (_) (expand-file-name "../vidimus.elc"))))
   (ok "compiles without a warning" (byte-compile-file (locate-library "vidimus.el")))))
