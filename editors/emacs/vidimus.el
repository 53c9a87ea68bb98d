;;; vidimus.el --- Findings, cards and completion for annotated corpora  -*- lexical-binding: t; -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "27.1"))
;; Keywords: text, tools, convenience
;; SPDX-License-Identifier: MIT OR Apache-2.0

;;; Commentary:

;; Vidimus reads texts beside records of people, bodies, agreements and
;; sources, and says which claim, figure or quotation leads to no source that
;; a reader could open.  This file tells Eglot and lsp-mode of its server,
;; whichever of them is there:
;;
;;     (require 'vidimus)
;;     (add-hook 'markdown-mode-hook #'eglot-ensure)   ; or #'lsp-deferred
;;
;; The corpus is the folder that holds `vidimus.toml'; the server finds it by
;; itself, wherever the project begins.

;;; Code:

(defgroup vidimus nil
  "Findings, cards and completion for annotated corpora."
  :group 'tools
  :prefix "vidimus-")

(defcustom vidimus-command '("vidimus" "lsp")
  "The server's program and its arguments."
  :type '(repeat string))

(defcustom vidimus-modes '(markdown-mode gfm-mode)
  "Major modes of texts that the server is told of.
Lists of records and bibliographies are read from the disk in any
case; add `yaml-mode' or `bibtex-mode' for findings in them.  Set
it before this file is loaded."
  :type '(repeat symbol))

(defcustom vidimus-settings '(:inlayHints (:ids t :roles t :sources t) :codeLens t)
  "What is shown; what is a finding stands in `vidimus.toml'.
With Eglot, put it under `:vidimus' in `eglot-workspace-configuration'."
  :type 'plist)

;;;; Eglot

(defvar eglot-server-programs)
(declare-function eglot-current-server "ext:eglot" ())

(defun vidimus--contact (&rest _)
  "What Eglot starts."
  vidimus-command)

(defun vidimus--complete-names ()
  "Let `lavr' find `Sergey Lavrov': what is proposed are names."
  (when (and (apply #'derived-mode-p vidimus-modes) (eglot-current-server))
    (setq-local completion-ignore-case t)))

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs (cons vidimus-modes #'vidimus--contact))
  (add-hook 'eglot-managed-mode-hook #'vidimus--complete-names))

;;;; lsp-mode

(declare-function lsp-register-client "ext:lsp-mode" (client))
(declare-function lsp-stdio-connection "ext:lsp-mode" (command &optional test-command))
(declare-function make-lsp-client "ext:lsp-mode" (&rest slots))
(declare-function lsp-configuration-section "ext:lsp-mode" (section))
(declare-function lsp--set-configuration "ext:lsp-mode" (settings))
(defvar lsp-language-id-configuration)

(defun vidimus--tell-settings (workspace)
  "Send `vidimus-settings' to WORKSPACE."
  (ignore workspace)
  (lsp--set-configuration (list :vidimus vidimus-settings)))

(with-eval-after-load 'lsp-mode
  (dolist (mode vidimus-modes)
    (unless (assq mode lsp-language-id-configuration)
      (add-to-list 'lsp-language-id-configuration (cons mode "markdown"))))
  (lsp-register-client
   (make-lsp-client
    :new-connection (lsp-stdio-connection (lambda () vidimus-command))
    :major-modes vidimus-modes
    :server-id 'vidimus
    ;; Beside a server for Markdown in general, not in its place.
    :add-on? t
    ;; One server knows several corpora.
    :multi-root t
    :initialized-fn #'vidimus--tell-settings)))

(provide 'vidimus)
;;; vidimus.el ends here
