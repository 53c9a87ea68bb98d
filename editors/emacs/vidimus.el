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
;;
;; `vidimus-explain-at-point' says what stands at point, and why it is a
;; finding or none; `vidimus-cite' chooses a source and cites it;
;; `vidimus-check' looks at the whole corpus, and `vidimus-status' says what
;; the server has read.

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

;;;; Commands

(declare-function eglot-managed-p "ext:eglot" ())
(declare-function eglot--TextDocumentIdentifier "ext:eglot" ())
(declare-function eglot--pos-to-lsp-position "ext:eglot" (&optional pos))
(declare-function jsonrpc-request "ext:jsonrpc" (connection method params &rest options))
(declare-function lsp-request "ext:lsp-mode" (method params &rest options))
(declare-function lsp-workspaces "ext:lsp-mode" ())
(declare-function lsp--buffer-uri "ext:lsp-mode" ())
(declare-function lsp--cur-position "ext:lsp-mode" ())

(defun vidimus--with-lsp-mode-p ()
  "Whether lsp-mode looks after this buffer."
  (and (bound-and-true-p lsp-mode) (lsp-workspaces) t))

(defun vidimus--server ()
  "Eglot's server of this buffer, or an error in words."
  (or (and (fboundp 'eglot-managed-p) (eglot-managed-p) (eglot-current-server))
      (user-error "No server looks after this buffer: M-x eglot or M-x lsp starts it")))

(defun vidimus--here (&optional position)
  "This file for the server; with POSITION also where point is."
  (if (vidimus--with-lsp-mode-p)
      (append (list :uri (lsp--buffer-uri)) (and position (list :position (lsp--cur-position))))
    (vidimus--server)
    (append (list :uri (plist-get (eglot--TextDocumentIdentifier) :uri))
            (and position (list :position (eglot--pos-to-lsp-position))))))

(defun vidimus--plist (answer)
  "What is in ANSWER, whichever client read it, as plists in lists."
  (cond ((hash-table-p answer)
         (let (all)
           (maphash (lambda (key value)
                      (setq all (cons (intern (concat ":" (format "%s" key))) (cons (vidimus--plist value) all))))
                    answer)
           all))
        ((vectorp answer) (mapcar #'vidimus--plist answer))
        ((and (consp answer) (keywordp (car answer)))
         (let (all)
           (while answer
             (setq all (cons (car answer) (cons (vidimus--plist (cadr answer)) all))
                   answer (cddr answer)))
           all))
        ((consp answer) (mapcar #'vidimus--plist answer))
        (t answer)))

(defun vidimus--ask (command argument)
  "Have the server carry out COMMAND, one of those it lists, with ARGUMENT."
  (let ((params (list :command command :arguments (vector argument))))
    (vidimus--plist
     (if (vidimus--with-lsp-mode-p)
         (lsp-request "workspace/executeCommand" params)
       (jsonrpc-request (vidimus--server) :workspace/executeCommand params :timeout 60)))))

(defun vidimus--count (number what)
  "NUMBER of WHAT, in words."
  (format "%d %s%s" number what (if (eq number 1) "" "s")))

(defun vidimus--findings (of)
  "How many findings are counted in OF, in words."
  (mapconcat #'identity
             (list (vidimus--count (plist-get of :errors) "error")
                   (vidimus--count (plist-get of :warnings) "warning")
                   (vidimus--count (plist-get of :notes) "note"))
             ", "))

(declare-function markdown-view-mode "ext:markdown-mode" ())

;;;###autoload
(defun vidimus-explain-at-point ()
  "Say what stands at point, and why each rule speaks or is silent."
  (interactive)
  (let ((page (vidimus--ask "vidimus.explain" (vidimus--here t))))
    (unless page
      (user-error "Nothing is to be explained here: this text is in no corpus"))
    (with-current-buffer (get-buffer-create "*vidimus*")
      (let ((inhibit-read-only t))
        (erase-buffer)
        (insert "# " (plist-get page :title) "\n\n" (plist-get page :markdown)))
      (goto-char (point-min))
      (if (require 'markdown-mode nil t) (markdown-view-mode) (special-mode))
      (display-buffer (current-buffer)))))

;;;###autoload
(defun vidimus-cite ()
  "Choose a source of the corpus, and cite it at point."
  (interactive "*")
  (let* ((all (mapcar (lambda (source)
                        (cons (concat (plist-get source :key) "  " (plist-get source :label)) (plist-get source :insert)))
                      (vidimus--ask "vidimus.citations" (append (vidimus--here) (list :limit 10000)))))
         (chosen (if all (completing-read "Cite: " all nil t) (user-error "The corpus has no sources"))))
    (insert (or (cdr (assoc chosen all)) ""))))

;;;###autoload
(defun vidimus-check ()
  "Look at every file of the corpus, and say how much is found."
  (interactive)
  (let ((came-to (vidimus--ask "vidimus.check" (vidimus--here))))
    (unless came-to
      (user-error "This text is in no corpus"))
    (message "%s: %s" (vidimus--count (plist-get came-to :texts) "text") (vidimus--findings came-to))))

;;;###autoload
(defun vidimus-status ()
  "Say what the server has read."
  (interactive)
  (let ((status (vidimus--ask "vidimus.status" (make-hash-table))))
    (message "Vidimus %s%s" (plist-get status :version)
             (mapconcat (lambda (corpus)
                          (format "\n%s: %s, %s; %s" (plist-get corpus :name) (vidimus--count (plist-get corpus :texts) "text")
                                  (vidimus--count (plist-get corpus :records) "record") (vidimus--findings corpus)))
                        (plist-get status :corpora) ""))))

(provide 'vidimus)
;;; vidimus.el ends here
