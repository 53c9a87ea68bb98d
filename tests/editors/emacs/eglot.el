;;; eglot.el --- what is read and written with Eglot  -*- lexical-binding: t; -*-

;; In batch nothing is drawn and no idle timer runs: what they would start is started here.
(require 'eglot)
(require 'flymake)
(require 'xref)
(require 'vidimus)
(setq eglot-sync-connect 10 eglot-autoshutdown nil eglot-confirm-server-initiated-edits nil eglot-confirm-server-edits nil
      flymake-no-changes-timeout 0.1 flymake-start-on-save-buffer nil eldoc-idle-delay 0)

(defun texts-of-findings ()
  "The words under findings, and what is said of them."
  (mapcar (lambda (d) (cons (buffer-substring-no-properties (flymake-diagnostic-beg d) (flymake-diagnostic-end d))
                            (flymake-diagnostic-text d)))
          (flymake-diagnostics)))

(defun told ()
  "Tell the server what was typed: an edit names the version that it was made for."
  (eglot--signal-textDocument/didChange))

(scenario
 (find-file "analyses/minsk-2017.md")
 (let ((text (current-buffer)) doc)
   (ok "the buffer is Markdown" (eq major-mode 'markdown-mode) major-mode)
   (apply #'eglot (eglot--guess-contact))
   (ok "connects" (wait (eglot-current-server)))
   (eglot--maybe-activate-editing-mode)
   (ok "manages the buffer" (wait (eglot-managed-p)))
   (flymake-mode 1)

   (go-to "[[unsc-2202#op-1")
   (eglot-hover-eldoc-function (lambda (s &rest _) (setq doc s)))
   (ok "a card" (wait (and doc (string-match "Endorses the Package of Measures" doc))) doc)

   (try-commands)

   (let ((place (car (xref-backend-definitions 'eglot (xref-backend-identifier-at-point 'eglot)))))
     (ok "a definition" (and place (string-match "unsc-2202.md" (xref-location-group (xref-item-location place)))) place))
   (xref-find-definitions (xref-backend-identifier-at-point 'eglot))
   (ok "M-. goes to the paragraph"
       (and (string-match "unsc-2202.md" (buffer-file-name)) (string-match "Endorses" (thing-at-point 'line))) (thing-at-point 'line))
   (switch-to-buffer text)

   (go-to "[[lavrov|the top")
   (let* ((all (xref-backend-references 'eglot (xref-backend-identifier-at-point 'eglot)))
          (files (delete-dups (mapcar (lambda (r) (xref-location-group (xref-item-location r))) all))))
     (ok "references in several files" (> (length files) 2) files))

   (goto-char (point-max))
   (insert "\nSee [[nobody-known|him]] 🕊️🕊️ and [[nobody-else]].\n")
   (told)
   (ok "findings behind doves" (wait (flymake-start) (let ((all (texts-of-findings))) (and (assoc "nobody-known" all) (assoc "nobody-else" all))))
       (texts-of-findings))

   (cl-letf (((symbol-function 'completing-read) (lambda (_ all &rest _) (caar (seq-filter (lambda (a) (string-prefix-p "tass-2017 " (car a))) all)))))
     (vidimus-cite))
   (ok "a source is cited" (looking-back "@tass-2017\\]?" (line-beginning-position)) (thing-at-point 'line))
   (insert ".\n")

   (insert "It was said by [[lavr")
   (save-excursion (insert "]]."))
   (let* ((capf (eglot-completion-at-point))
          (all (proposed capf)))
     (ok "names are proposed" (member "Sergey Lavrov" all) all)
     (choose-it capf (car (member "Sergey Lavrov" all))))
   (ok "and the brackets ahead are not doubled" (has "[[lavrov]].") (thing-at-point 'line))

   (told)
   (go-to "[[lavrov|the top")
   ;; Eglot 1.9 asks whether files that are not open may be changed.
   (cl-letf (((symbol-function 'y-or-n-p) #'always)) (eglot-rename "s-lavrov"))
   (ok "a name is changed here" (has "[[s-lavrov|the top"))
   (ok "and where it is defined" (with-current-buffer (find-file-noselect "../registry/people.yaml") (has "id: s-lavrov")))
   (save-some-buffers t)

   (find-file "draft-references.md")
   (eglot--maybe-activate-editing-mode)
   (flymake-mode 1)
   (ok "a renamed id is found" (wait (flymake-start) (assoc "res-2202" (texts-of-findings))) (texts-of-findings))
   (go-to "[[res-2202|")
   (let* ((place (eglot--pos-to-lsp-position (point)))
          (actions (jsonrpc-request (eglot--current-server-or-lose) :textDocument/codeAction
                                    (list :textDocument (eglot--TextDocumentIdentifier) :range (list :start place :end place)
                                          :context '(:diagnostics [] :only ["quickfix"]))))
          (cure (seq-find (lambda (a) (eq t (plist-get a :isPreferred))) actions)))
     ;; Eglot 1.9 asks for no edit later: it must be there.
     (if (>= emacs-major-version 29)
         (eglot-execute (eglot--current-server-or-lose) cure)
       (eglot--apply-workspace-edit (plist-get cure :edit)))
     (ok "its cure is applied" (wait (has "[[unsc-2202|the resolution]]")) cure))
   (let ((server (eglot-current-server)))
     (eglot-shutdown server)
     (ok "the server leaves" (wait (not (jsonrpc-running-p server)))))))
