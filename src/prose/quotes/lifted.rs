//! Few words in marks, without a clause of their own: lifted from what somebody said, or a term.
//!
//! A term is a noun like any other: its article stands before the marks (the “state of the art”), or the noun that it
//! belongs to does or follows (“greater or equal” operator). What is lifted from speech is whatever part of a sentence the
//! writer took: behind his verb (had made “real but uneven progress”), with its own article or preposition in the marks
//! (kept “a second set of books”, acted “without any lawful basis”), or a sentence of its own.

use crate::text::{Span, letters};

/// Articles, quantities and possessives: a noun follows in the marks.
const DETERMINERS: &[&str] = &[
    "the",
    "a",
    "an",
    "this",
    "these",
    "those",
    "its",
    "their",
    "his",
    "her",
    "our",
    "my",
    "your",
    "no",
    "any",
    "some",
    "many",
    "several",
    "such",
    "every",
    "each",
    "all",
    "most",
    "more",
    "few",
    "own",
    "so-called",
];

/// Words that give a name.
const NAMING: &[&str] = &[
    "called",
    "named",
    "dubbed",
    "termed",
    "titled",
    "labelled",
    "labeled",
    "nicknamed",
    "considered",
    "read",
    "reads",
    "mean",
    "means",
    "meaning",
    "meant",
    "or",
    "термин",
    "термина",
    "слово",
    "понятие",
    "принцип",
    "правило",
    "называемый",
    "называемая",
    "называемое",
    "называемые",
    "называется",
    "называют",
    "назван",
    "названа",
    "названо",
    "названы",
    "озаглавлен",
    "озаглавлена",
    "озаглавлено",
    "означает",
    "значит",
    "или",
];

/// Words before which a writer ends a phrase of his own, or behind which he begins one.
const PREPOSITIONS: &[&str] = &[
    "of", "in", "on", "at", "by", "with", "for", "from", "about", "over", "through", "under", "without", "between", "into", "against",
    "during", "after", "before", "near", "beyond", "behind", "across", "along", "among", "despite", "like", "within", "until", "since",
    "as", "out", "off", "up", "down", "above", "below", "around",
];

/// Words that open a clause, or join two.
const JOINS: &[&str] =
    &["when", "if", "while", "where", "which", "because", "that", "than", "who", "whether", "although", "though", "and", "but", "as", "so"];

/// Forms that only stand with a verb or a predicate.
const HELPERS: &[&str] = &[
    "had", "has", "have", "been", "would", "will", "could", "can", "must", "should", "shall", "may", "might", "did", "does", "do", "to",
    "not", "never", "being", "be",
];

/// Forms of "be" and their like, behind which a term may stand as well.
const COPULAS: &[&str] = &["is", "was", "are", "were", "became", "becomes", "seems", "seemed", "looks", "remains", "remained"];

/// Verbs in the past that do not end in `-ed`.
const PAST: &[&str] = &[
    "made", "kept", "took", "gave", "left", "got", "held", "saw", "felt", "found", "brought", "built", "chose", "drew", "drove", "fought",
    "grew", "heard", "knew", "led", "lost", "met", "paid", "put", "ran", "saw", "sent", "set", "showed", "shown", "sought", "spent",
    "spoke", "stood", "told", "thought", "threw", "went", "won", "wore", "wrote", "taken", "given", "seen", "done", "hit", "cut", "bore",
    "brings", "makes", "takes", "gives", "shows", "amounts",
];

/// Forms of verbs in the past that are no participle, and seldom a noun.
const ONLY_PAST: &[&str] = &[
    "took", "gave", "got", "saw", "felt", "chose", "drew", "drove", "grew", "knew", "went", "wore", "wrote", "spoke", "came", "fell",
    "broke", "rose", "began", "ran", "sank", "shook", "threw", "flew", "forgot", "froze", "stole", "swore", "tore", "woke", "became",
    "stood",
];

/// Words behind which "to" is a preposition, and a term follows: equated to “toe the mark”.
const LIKENED: &[&str] =
    &["equated", "equivalent", "similar", "akin", "compared", "corresponds", "equal", "shortened", "changed", "renamed", "limited"];

/// Verbs in the plain form that few nouns look like.
const PLAIN_VERBS: &[&str] = &[
    "remain", "need", "want", "know", "feel", "look", "stand", "take", "make", "give", "get", "go", "come", "keep", "live", "believe",
    "seem", "become", "see", "think", "fail", "refuse", "deserve",
];

/// Words behind a quotation that belong to no noun in it.
const BEHIND: &[&str] = &[
    "is",
    "was",
    "are",
    "were",
    "be",
    "had",
    "has",
    "have",
    "will",
    "would",
    "could",
    "can",
    "to",
    "then",
    "now",
    "yesterday",
    "today",
    "faces",
    "only",
];

/// Small Russian words behind which no verb ends and no phrase begins.
const RUSSIAN_PREPOSITIONS: &[&str] = &[
    "без",
    "на",
    "в",
    "во",
    "с",
    "со",
    "до",
    "по",
    "от",
    "из",
    "за",
    "для",
    "под",
    "к",
    "о",
    "об",
    "у",
    "ради",
    "при",
    "через",
    "между",
    "против",
    "после",
    "перед",
    "над",
    "про",
    "ни",
    "не",
    "вместо",
    "вопреки",
    "среди",
    "из-за",
    "из-под",
];

/// Endings of Russian verbs, participles left out.
const RUSSIAN_VERBS: &[&str] = &[
    "ал", "ял", "ил", "ел", "ул", "ыл", "ла", "ло", "ли", "лся", "лась", "лось", "лись", "ает", "яет", "еет", "ует", "ёт", "ит", "ают",
    "яют", "еют", "уют", "ят", "ут", "ат", "ется", "ится", "ются", "ятся", "утся", "ать", "ять", "ить", "еть", "уть", "ться",
];

/// Endings of the present that few nouns have.
const RUSSIAN_PRESENT: &[&str] = &["ает", "яет", "еет", "ует", "ают", "яют", "еют", "уют", "ется", "ится", "ются", "ятся", "утся"];

/// Endings of the past that nouns have as well.
const RUSSIAN_PAST_MALE: &[&str] = &["ал", "ял", "ил", "ел", "ул"];

/// How nouns end that look like verbs in the past: «материал».
const RUSSIAN_NOUNS: &[&str] = &[
    "иал",
    "онал",
    "инал",
    "енал",
    "унал",
    "рнал",
    "анал",
    "игнал",
    "питал",
    "ртал",
    "кзал",
    "ндал",
    "деал",
    "нерал",
    "мирал",
    "берал",
    "ервал",
    "рсал",
    "отдел",
    "аздел",
    "редел",
    "обел",
    "одил",
    "раул",
    "згул",
];

/// Endings of the past that few longer nouns have.
const RUSSIAN_PAST: &[&str] = &["ла", "ло", "ли", "лся", "лась", "лось", "лись"];

/// Endings of short Russian adjectives and participles: what is said of a subject before the marks.
const RUSSIAN_SHORT: &[&str] =
    &["ен", "ена", "ено", "ены", "ана", "ано", "аны", "ён", "ыт", "ыта", "ыто", "ыты", "нят", "нята", "нято", "няты"];

/// Short Russian adjectives: nothing but what is said of a subject.
const RUSSIAN_SAID_OF: &[&str] = &[
    "похож",
    "похожа",
    "похоже",
    "похожи",
    "готов",
    "готова",
    "готово",
    "готовы",
    "рад",
    "рада",
    "рады",
    "доволен",
    "довольна",
    "довольны",
    "должен",
    "должна",
    "должно",
    "должны",
    "способен",
    "способна",
    "способны",
    "близок",
    "близка",
    "близки",
    "полон",
    "полна",
    "полны",
    "пуст",
    "пуста",
    "пусты",
    "согласна",
    "согласны",
];

/// Whether quoted words (`words`, in marks at `quote`) that begin with a small letter are lifted from what somebody said. `around`: the
/// passage.
#[must_use]
pub fn is_lifted(text: &str, around: Span, quote: Span, words: Span) -> bool {
    let before = Span::new(around.start, quote.start).slice(text).trim_end();
    let behind = Span::new(quote.end, around.end).slice(text);
    let quoted = words.slice(text);
    let Some(first) = quoted.split(|c: char| !letters::is_alphanumeric(c) && c != '-').next().filter(|w| w.starts_with(char::is_lowercase))
    else {
        return false;
    };
    // Who quotes cuts where a phrase ends: “otherwise supporting acts of” is a formula.
    if quoted.split_whitespace().next_back().is_some_and(|last| PREPOSITIONS.contains(&last)) {
        return false;
    }
    let opened = before.trim_end_matches(['*', '_']);
    if opened.is_empty() || opened.ends_with(['.', '!', '?', '…', '"', '”', '»', ';']) {
        // A term that begins a sentence is short, and the sentence says what it is.
        let told = behind
            .trim_start()
            .split(|c: char| !letters::is_alphanumeric(c))
            .next()
            .is_some_and(|w| COPULAS.contains(&w) || NAMING.contains(&w));
        let long = quoted.contains(", ") || quoted.split_whitespace().nth(4).is_some();
        return is_alone(behind) || long && !told || behind.trim().is_empty() && quoted.ends_with(['.', '!', '?']);
    }
    // “second to every ball” and “a bit of stage fright”
    let russian = !first.starts_with(|c: char| c.is_ascii_lowercase());
    if russian && behind_russian_dash(opened, quoted) {
        return true;
    }
    let joined = opened.strip_suffix("and").or_else(|| opened.strip_suffix(" и")).map_or(opened, str::trim_end);
    let joined = joined.strip_suffix(',').unwrap_or(joined);
    if joined.len() < opened.len() && joined.ends_with(['"', '”', '»']) {
        return !is_compound(behind);
    }
    let last: Vec<&str> = opened.rsplit(|c: char| c.is_whitespace()).take(2).collect();
    let bare = |at: usize| last.get(at).map_or(String::new(), |w| w.to_lowercase());
    let (last, earlier) = (bare(0), bare(1));
    if !opened.ends_with(|c: char| letters::is_alphabetic(c) || c == ',') || last.ends_with("'s") || last.ends_with("’s") {
        return false;
    }
    let last = last.trim_end_matches(',');
    if russian {
        behind_russian(last, first) || behind_russian_many(last, quoted) || !NAMING.contains(&last) && has_russian_clause(quoted)
    } else {
        !is_compound(behind) && behind_english(last, &earlier, first, quoted)
    }
}

/// Whether nothing but its full stop, and more words in marks, follows a quotation.
fn is_alone(behind: &str) -> bool {
    let rest = behind.trim_start();
    let rest = rest.strip_prefix(',').map_or(rest, str::trim_start);
    let rest = rest.strip_prefix("and ").or_else(|| rest.strip_prefix("и ")).unwrap_or(rest).trim_start();
    behind.starts_with(['.', '!', '?']) || rest.len() < behind.len() && rest.starts_with(['"', '“', '«'])
}

/// Whether the noun follows to which the quoted words belong: “right to an explanation” laws.
fn is_compound(behind: &str) -> bool {
    let Some(rest) = behind.strip_prefix(' ') else { return behind.starts_with(letters::is_alphanumeric) };
    let word = rest.split(|c: char| !letters::is_alphanumeric(c) && c != '-').next().unwrap_or_default();
    let small = [PREPOSITIONS, JOINS, BEHIND, HELPERS, DETERMINERS].iter().any(|list| list.contains(&word));
    word.starts_with(|c: char| c.is_ascii_lowercase()) && !small && !word.ends_with("ly")
}

fn behind_english(last: &str, earlier: &str, first: &str, quoted: &str) -> bool {
    let article = matches!(first, "a" | "an" | "the");
    let adverb = first.len() > 4 && first.ends_with("ly");
    // A phrase with its own head in the marks, which no noun before them can govern.
    let phrase = article || adverb || PREPOSITIONS.contains(&first);
    if DETERMINERS.contains(&last) || NAMING.contains(&last) || last.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    if HELPERS.contains(&last) {
        // "switched to “one sentence per line”": a preposition.
        let likened = LIKENED.contains(&earlier) || matches!(first, "one" | "two" | "three");
        return !(last == "to" && likened);
    }
    if COPULAS.contains(&last) {
        let degree = first.len() > 4 && (first.ends_with("er") || first.ends_with("ed") || first.ends_with("ing"));
        // "dead in the water", not "state of the art"
        let second = quoted.split_whitespace().nth(1).is_some_and(|w| w != "of" && (w == "to" || PREPOSITIONS.contains(&w)));
        return phrase || degree || second || quoted.contains(", ") || quoted.split_whitespace().nth(4).is_some();
    }
    if PREPOSITIONS.contains(&last) {
        // "shut for “between ten and twelve weeks”"
        let own = PREPOSITIONS.contains(&first) && quoted.split_whitespace().nth(3).is_some();
        return article || own || last == "of" && first.len() > 5 && first.ends_with("ing");
    }
    if JOINS.contains(&last) {
        return article;
    }
    let helped = HELPERS.contains(&earlier) || matches!(earlier, "he" | "she" | "they" | "it" | "we");
    // "the two leaders “remain in regular contact”"
    let several = last.ends_with('s') && PLAIN_VERBS.contains(&first);
    // "the bus “left the roadway at low speed”": what the noun before the marks did.
    let second = quoted.split_whitespace().nth(1).unwrap_or_default();
    let acts = ONLY_PAST.contains(&first)
        || (PAST.contains(&first) || first.ends_with("ed") || first.ends_with('s')) && DETERMINERS.contains(&second);
    phrase || helped || several || acts || PAST.contains(&last) || last.len() > 4 && last.ends_with("ed")
}

/// Whether a word is a Russian verb by its ending.
#[must_use]
pub fn is_russian_verb(word: &str) -> bool {
    word.starts_with(char::is_lowercase) && word.chars().nth(3).is_some() && RUSSIAN_VERBS.iter().any(|e| word.ends_with(e))
}

/// Whether the first of the words is a Russian preposition: they tell where, when or why, and are no object.
#[must_use]
pub fn begins_with_russian_preposition(words: &str) -> bool {
    let words = words.trim_start_matches(|c: char| !letters::is_alphanumeric(c));
    RUSSIAN_PREPOSITIONS.contains(&words.split(' ').next().unwrap_or_default())
}

/// Terms in Russian marks are short: five words in small letters that no word of naming leads in are somebody's.
fn behind_russian_many(last: &str, quoted: &str) -> bool {
    let led = NAMING.contains(&last) || RUSSIAN_PREPOSITIONS.contains(&last) || matches!(last, "как" | "этот" | "эта" | "и" | "а");
    !led && quoted.split_whitespace().filter(|w| w.contains(letters::is_alphabetic)).nth(4).is_some()
}

/// Words that give a thing its name: what follows a dash behind them is that name.
const RUSSIAN_NAMES: &[&str] =
    &["название", "имя", "прозвище", "девиз", "лозунг", "тема", "перевод", "значение", "пароль", "позывной", "диагноз", "заголовок"];

/// «Причина аварии — „усталость металла и людей“»: a dash stands for "is", and what follows it is said of what stands before.
fn behind_russian_dash(opened: &str, quoted: &str) -> bool {
    let Some(before) = opened.strip_suffix(['—', '–']) else { return false };
    let names = |word: &str| NAMING.contains(&word) || RUSSIAN_NAMES.contains(&word);
    let named = || before.split_whitespace().rev().take(8).any(|word| names(&word.to_lowercase()));
    // «одни увидели „…“, другие — „…“» names them.
    let others = ["другие", "третьи", "остальные", "вторые"].iter().any(|word| before.trim_end().ends_with(word));
    before.ends_with(char::is_whitespace) && !others && quoted.split_whitespace().nth(3).is_some() && !named()
}

/// «оранжерею, в которой забыли цветы»: a term has no clause of its own.
fn has_russian_clause(quoted: &str) -> bool {
    const OPENING: &[&str] = &["где", "что", "кто", "чем", "когда", "если", "пока", "куда", "откуда", "чтобы", "хотя"];
    quoted.split(", ").skip(1).any(|part| {
        let mut words = part.split_whitespace();
        let first = words.next().unwrap_or_default();
        OPENING.contains(&first) || first.starts_with("котор") || words.next().is_some_and(|word| word.starts_with("котор"))
    })
}

fn behind_russian(last: &str, first: &str) -> bool {
    if NAMING.contains(&last) || RUSSIAN_PREPOSITIONS.contains(&last) || matches!(last, "как" | "что" | "этот" | "эта" | "и" | "а")
    {
        return false;
    }
    let long = |word: &str| word.chars().nth(3).is_some();
    // «растёт на палец в неделю», not «отчёт»
    let grows = first.ends_with("ёт") && !["чёт", "лёт", "мёт"].iter().any(|n| first.ends_with(n));
    let ends = |word: &str, endings: &[&str]| long(word) && endings.iter().any(|e| word.ends_with(e));
    // «будет зеркальным»
    let predicate = matches!(last, "будет" | "будут" | "быть" | "стать" | "станет" | "станут") || matches!(first, "более" | "менее");
    let adverb = first.chars().nth(5).is_some() && first.ends_with('о');
    // «достигла потолка и пробудет там долго»; «правила» are a noun.
    let acts = ends(first, RUSSIAN_PRESENT)
        || grows && long(first)
        || RUSSIAN_SAID_OF.contains(&first)
        || first.chars().nth(7).is_some() && ends(first, RUSSIAN_PAST)
        || first.chars().nth(5).is_some() && ends(first, RUSSIAN_PAST_MALE) && !RUSSIAN_NOUNS.iter().any(|n| first.ends_with(n));
    RUSSIAN_PREPOSITIONS.contains(&first)
        || adverb
        || predicate
        || acts
        || ends(first, RUSSIAN_SHORT)
        || ends(last, RUSSIAN_SHORT)
        || RUSSIAN_SAID_OF.contains(&last)
        || ends(last, RUSSIAN_VERBS)
}
