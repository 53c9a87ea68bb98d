;;; drive.el --- what every scenario in Emacs needs  -*- lexical-binding: t; -*-

;; emacs --batch -l drive.el -l SCENARIO.el, in a corpus.  What Debian keeps aside is on the load-path by EMACSLOADPATH.

(setq make-backup-files nil create-lockfiles nil auto-save-default nil enable-local-variables nil vc-handled-backends nil
      load-prefer-newer nil native-comp-jit-compilation nil native-comp-enable-subr-trampolines nil
      ;; As Emacs 28 calls the two.
      native-comp-deferred-compilation nil comp-enable-subr-trampolines nil)
(require 'markdown-mode)
(add-to-list 'auto-mode-alist '("\\.md\\'" . markdown-mode))
(defvar drive-count 0)
(defvar drive-failed 0)

(defun ok (what holds &optional seen)
  "Note that WHAT holds if HOLDS; else show SEEN."
  (setq drive-count (1+ drive-count))
  (unless holds (setq drive-failed (1+ drive-failed)))
  (message "%s" (format "%s %d - %s%s" (if holds "ok" "not ok") drive-count what
                 (if holds "" (format "  # %S" (if (stringp seen) (substring-no-properties seen) seen))))))

(defmacro wait (&rest form)
  "The first value of FORM that is not nil, while messages of the server are read."
  `(let ((end (+ (float-time) 15)) value)
     (while (and (not (setq value (progn ,@form))) (< (float-time) end))
       (accept-process-output nil 0.02)
       (sit-for 0.01))
     value))

(defun go-to (words)
  "Put point behind the second character of WORDS."
  (goto-char (point-min))
  (search-forward words)
  (goto-char (+ 2 (match-beginning 0))))

(defun has (words)
  "Whether WORDS stand in this buffer."
  (save-excursion (goto-char (point-min)) (search-forward words nil t)))

(defun proposed (capf)
  "What CAPF proposes at point, in the styles of its category."
  (let* ((typed (buffer-substring-no-properties (nth 0 capf) (nth 1 capf)))
         (table (nth 2 capf))
         (all (completion-all-completions typed table nil (length typed) (completion-metadata typed table nil)))
         (end (last all)))
    (when (consp end) (setcdr end nil))
    all))

(defun choose-it (capf choice)
  "Do with CHOICE of CAPF what every list of proposals does."
  (delete-region (nth 0 capf) (nth 1 capf))
  (insert choice)
  (funcall (plist-get (nthcdr 3 capf) :exit-function) choice 'finished))

(defun try-commands ()
  "What our own commands tell of the mark at point and of the corpus, whatever client there is."
  (vidimus-explain-at-point)
  (with-current-buffer "*vidimus*"
    (ok "what stands at point is explained" (and (has "# analyses/minsk-2017.md:") (has "unsc-2202")) (buffer-string)))
  (let ((came-to (vidimus-check)))
    (ok "the whole corpus is looked at" (string-match "^[0-9]+ texts: [0-9]+ errors?, [0-9]+ warnings?, [0-9]+ notes?$" came-to) came-to))
  (let ((status (vidimus-status)))
    (ok "what was read is told" (string-match "^Vidimus [0-9.]+\n.+: [0-9]+ texts, [0-9]+ records; " status) status)))

(defmacro scenario (&rest body)
  "Run BODY, and leave with what came of it."
  `(progn
     (condition-case fault
         (progn ,@body)
       (error (setq drive-failed (1+ drive-failed))
              (message "not ok - %S" fault)))
     (message "1..%d" drive-count)
     (kill-emacs (if (= drive-failed 0) 0 1))))
