//! What can be asked for on the command line. Help, man pages and completions are made from this table.

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::config::Level;
use crate::prose::dates::{Day, parse_edtf};
use crate::report::Format;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

const EXIT_STATUS: &str = "Exit status: 0 when nothing is at or above the fail level, 1 when something is, 2 when the run itself failed (a wrong \
argument, a file that cannot be read; the rest is still checked).";

const CHECK_EXAMPLES: &str = "Examples:
  vidimus check                              the corpus around the current folder
  vidimus check texts/minsk.md               one text, seen in its corpus
  vidimus check --format json corpus/        for programs
  vidimus check --select unsourced-figure,unsourced-quote
  vidimus check --changed-since origin/main  for a pull request
  vidimus check --diff                       what --fix would write
  vidimus check --baseline known.json        what is not put off; first --update-baseline=all
  vidimus check --format sarif --output-file vidimus.sarif
  vidimus check --watch                      again after every change
  vidimus check --stdin-filename texts/a.md - < draft.md

Formats: `json` and `json-lines` are stable: keys may be added, none changes its meaning. `sarif`, `github`, `gitlab`, `junit`, \
`checkstyle` and `rdjson` follow their published formats; which finding stands where in them is stable, the words are not. `text` is \
for people and may change.

Exit status: 0 when nothing is at or above the fail level, 1 when something is, 2 when the run itself failed.";

const SCHEMA_EXAMPLES: &str = "Examples:
  vidimus schema > .vidimus/config.schema.json           then, as first line of vidimus.toml: #:schema .vidimus/config.schema.json
  vidimus schema record > .vidimus/record.schema.json    then, as first line of a registry:
                                                         # yaml-language-server: $schema=../.vidimus/record.schema.json
  vidimus schema settings                                what an editor may set: `properties` by whole words, `vidimus.codeLens`";

const SNAPSHOT_EXAMPLES: &str = "Examples:
  vidimus snapshot corpus/ > corpus.vds
  cat part1.vds part2.vds > corpus.vds       snapshots of parts are joined
  vidimus check --documents - --snapshot corpus.vds --format json-lines < documents.jsonl";

const EXTRACT_EXAMPLES: &str = "Examples:
  vidimus extract --kinds claim,figure texts/
  vidimus extract --kinds instrument . | jq -r .symbol | sort | uniq -c";

const EXPLAIN_EXAMPLES: &str = "Examples:
  vidimus explain texts/minsk.md:12:5        what stands in line 12, column 5
  vidimus explain texts/minsk.md:12          all of line 12
  vidimus explain registry/people.yaml:3     which record that is, and how often it is used
  vidimus explain unsourced-figure           the manual of a rule
  vidimus explain                            the list of all rules";

/// Traces every claim in a text to a source that somebody can see.
#[derive(Debug, Parser)]
#[command(name = "vidimus", version, styles = STYLES, after_help = EXIT_STATUS, max_term_width = 100, arg_required_else_help = true)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// What holds for every command.
    #[command(flatten)]
    pub shared: Shared,
}

/// What holds for every command.
#[derive(Clone, Copy, Debug, Args)]
pub struct Shared {
    /// When to use colours
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub color: Color,
    /// Say only what was found: no summary, no progress, no notes about files
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Say which corpus, settings and files are used, and show every finding in its text, however many there are
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub verbose: bool,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check a corpus
    #[command(after_help = CHECK_EXAMPLES)]
    Check(Box<CheckArguments>),
    /// Serve an editor over standard input and output (Language Server Protocol)
    Lsp {
        /// Accepted and meaningless: there is no other way
        #[arg(long)]
        stdio: bool,
        /// Read every corpus anew, and keep nothing for the next start
        #[arg(long)]
        no_cache: bool,
    },
    /// Print what was understood, one JSON object a line
    #[command(after_help = EXTRACT_EXAMPLES)]
    Extract(ExtractArguments),
    /// Say what stands at a place and why each rule speaks or is silent there; or print the manual of a rule
    #[command(after_help = EXPLAIN_EXAMPLES)]
    Explain(ExplainArguments),
    /// Begin a corpus: write vidimus.toml and a first registry
    Init {
        /// The folder
        #[arg(default_value = ".")]
        folder: PathBuf,
    },
    /// Print a JSON Schema, from which editors complete and check
    #[command(after_help = SCHEMA_EXAMPLES)]
    Schema {
        /// Of what
        #[arg(value_enum, default_value = "config")]
        of: SchemaName,
    },
    /// Print what texts need of the rest of their corpus, for `check --documents` on other machines
    #[command(after_help = SNAPSHOT_EXAMPLES)]
    Snapshot(SnapshotArguments),
    /// Forget what earlier checks found
    Clean,
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page, in roff
    Man {
        /// Of this command
        command: Option<String>,
    },
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// Files and folders; `-` is standard input
    #[arg(default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// In which shape findings are printed
    #[arg(long, value_enum, default_value = "text")]
    pub format: FormatName,
    /// Where the report is written, whole or not at all; `-` is standard output
    #[arg(long, value_name = "FILE")]
    pub output_file: Option<PathBuf>,
    /// Report only these rules, and those of them too that are off unless asked for
    #[arg(long, value_name = "RULE,…", value_delimiter = ',')]
    pub select: Vec<String>,
    /// Do not report these rules
    #[arg(long, value_name = "RULE,…", value_delimiter = ',')]
    pub ignore: Vec<String>,
    /// Exit with status 1 for findings of this level and graver ones [default: warning, or `fail-on` of vidimus.toml]
    #[arg(long, value_name = "LEVEL", value_parser = level)]
    pub fail_on: Option<Level>,
    /// Exit with status 0 whatever was found
    #[arg(long)]
    pub exit_zero: bool,
    /// Make all safe fixes, then report what is left
    #[arg(long)]
    pub fix: bool,
    /// Make those fixes, too, that change what the text says (with `--fix` or `--diff`)
    #[arg(long)]
    pub unsafe_fixes: bool,
    /// Print what `--fix` would change, and change nothing
    #[arg(long)]
    pub diff: bool,
    /// Report only what is not in this file: findings that were put off
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Take what was mended out of the baseline; `=all` puts all findings in
    #[arg(long, value_enum, value_name = "WHAT", requires = "baseline", num_args = 0..=1, require_equals = true, default_missing_value = "mended")]
    pub update_baseline: Option<Update>,
    /// Report only files that changed since the branch left this Git revision, new ones included
    #[arg(long, value_name = "REV")]
    pub changed_since: Option<String>,
    /// Look at every text anew, and keep nothing for the next run
    #[arg(long)]
    pub no_cache: bool,
    /// Print to standard error how often each rule spoke and how long each step took
    #[arg(long)]
    pub statistics: bool,
    /// Check standard input (`-`) as if it were this file
    #[arg(long, value_name = "FILE")]
    pub stdin_filename: Option<PathBuf>,
    /// Check documents from standard input (`-`), one JSON object a line: {\"path\": …, \"text\": …}
    #[arg(long, value_name = "-", value_parser = ["-"], requires = "snapshot", conflicts_with_all = ["fix", "diff", "changed_since", "stdin_filename"])]
    pub documents: Option<String>,
    /// What the documents need of the rest of their corpus, as `vidimus snapshot` prints it
    #[arg(long, value_name = "FILE", requires = "documents")]
    pub snapshot: Option<PathBuf>,
    /// The day against which `until=` is held, in place of the clock's: for reports that must come out the same again
    #[arg(long, value_name = "YYYY-MM-DD", hide = true, value_parser = day)]
    pub today: Option<Day>,
    /// Check again whenever a file of the corpus changes, until Ctrl-C
    #[arg(long, conflicts_with = "stdin_filename")]
    pub watch: bool,
}

/// Arguments of `snapshot`.
#[derive(Debug, Args)]
pub struct SnapshotArguments {
    /// Files and folders
    #[arg(default_value = ".")]
    pub paths: Vec<PathBuf>,
}

/// Arguments of `extract`.
#[derive(Debug, Args)]
pub struct ExtractArguments {
    /// Files and folders
    #[arg(default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// Only these kinds: sentence, mention, instrument, citation, claim, quote, figure
    #[arg(long, value_name = "KIND,…", value_delimiter = ',')]
    pub kinds: Vec<crate::interchange::Kind>,
}

/// What is done to a baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Update {
    /// Entries whose finding is mended are taken out.
    Mended,
    /// All findings are put in, too.
    All,
}

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub struct ExplainArguments {
    /// A place or a rule; lines and columns count from 1, columns in characters
    #[arg(value_name = "PATH:LINE[:COLUMN]|RULE")]
    pub what: Option<String>,
    /// In which shape a place is explained; that of json may change with any version
    #[arg(long, value_enum, default_value = "text")]
    pub format: ExplainFormat,
}

/// In which shape a place is explained.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ExplainFormat {
    /// For people.
    Text,
    /// One JSON document.
    Json,
}

/// In which shape findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FormatName {
    /// For people.
    Text,
    /// One JSON document.
    Json,
    /// One JSON object a line, as files finish.
    JsonLines,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Workflow commands of GitHub Actions, which become annotations.
    Github,
    /// GitLab's code quality report.
    Gitlab,
    /// JUnit's XML: a test suite for each file, a test case for each finding.
    Junit,
    /// Checkstyle's XML.
    Checkstyle,
    /// Reviewdog's diagnostic format.
    Rdjson,
}

/// Of what a schema is printed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum SchemaName {
    /// Of `vidimus.toml`.
    Config,
    /// Of a record in a registry, or of a list of them.
    Record,
    /// Of what an editor's settings say to the language server.
    Settings,
}

impl From<FormatName> for Format {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Text => Self::Text,
            FormatName::Json => Self::Json,
            FormatName::JsonLines => Self::JsonLines,
            FormatName::Sarif => Self::Sarif,
            FormatName::Github => Self::Github,
            FormatName::Gitlab => Self::Gitlab,
            FormatName::Junit => Self::Junit,
            FormatName::Checkstyle => Self::Checkstyle,
            FormatName::Rdjson => Self::Rdjson,
        }
    }
}

fn day(word: &str) -> Result<Day, String> {
    let edtf = parse_edtf(word).filter(|date| date.earliest == date.latest && !date.qualified);
    edtf.and_then(|date| date.earliest).ok_or_else(|| "it is a day such as 2017-03-16".to_owned())
}

fn level(word: &str) -> Result<Level, String> {
    Level::of_word(word).filter(|l| *l != Level::Off).ok_or_else(|| "it is one of note, warning, error".to_owned())
}
