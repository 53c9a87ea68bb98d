//! Instruments in all their forms, and words that only look like one.

use proptest::prelude::*;

use super::*;
use crate::syntax::is_id;

/// All of a text as one passage: words, symbol.
fn found(text: &str) -> Vec<(String, String)> {
    all(text).iter().map(|i| (i.span.slice(text).to_owned(), i.symbol.to_string())).collect()
}

fn all(text: &str) -> Vec<Instrument> {
    let mut into = Vec::new();
    find(text, Span::from(0..text.len()), &mut into);
    into
}

/// The symbols in order, without their spaces.
fn symbols(text: &str) -> Vec<String> {
    all(text).iter().map(|i| i.symbol.replace(' ', "")).collect()
}

fn ids(text: &str) -> Vec<SmolStr> {
    all(text).into_iter().map(|i| i.id).collect()
}

fn one(text: &str) -> Instrument {
    let found = all(text);
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    found.into_iter().next().expect("counted")
}

#[test]
fn a_symbol_in_each_writing() {
    for text in [
        "S/RES/2202 (2015)",
        "S/RES/2202(2015)",
        "S/RES/2202\u{a0}(2015)",
        "S/RES/2202\n(2015)",
        "S/RES/\n2202 (2015)",
        "S/Res/2202 ( 2015 )",
    ] {
        let i = one(&format!("see {text}."));
        assert_eq!((i.symbol.as_str(), i.id.as_str(), i.form), ("S/RES/2202 (2015)", "unsc-2202", Form::Symbol), "{text}");
        assert_eq!(i.span.len() as usize, text.len());
        assert_eq!(i.year_as_written.map(|y| y.0), Some(2015));
    }
    assert_eq!(one("S/RES/2202.").body, Body::SecurityCouncil(2202));
}

#[test]
fn symbols_of_the_united_nations() {
    let text = "A/RES/68/262, A/RES/3314 (XXIX), A/RES/ES-11/1; S/PRST/2014/6 and S/PV.7384 (S/2015/135). A/HRC/RES/35/33 A/66/615 \
        S/AC.51/2018/2 A/68/PV.80 E/RES/2015/25 S/2017/20/Add.1 A/71/5/Corr.2 A/HRC/27/CRP.1/Rev.1 S/25704 ST/SGB/2003/13 CCPR/C/21/Rev.1/Add.13";
    let want = "A/RES/68/262 A/RES/3314(XXIX) A/RES/ES-11/1 S/PRST/2014/6 S/PV.7384 S/2015/135 A/HRC/RES/35/33 A/66/615 \
        S/AC.51/2018/2 A/68/PV.80 E/RES/2015/25 S/2017/20/Add.1 A/71/5/Corr.2 A/HRC/27/CRP.1/Rev.1 S/25704 ST/SGB/2003/13 CCPR/C/21/Rev.1/Add.13";
    assert_eq!(symbols(text), want.split_whitespace().collect::<Vec<_>>());
    assert_eq!(
        ids("A/RES/68/262 S/PRST/2014/6 A/RES/ES-11/1 A/RES/3314 (XXIX)"),
        ["unga-68-262", "s-prst-2014-6", "unga-es-11-1", "unga-3314"]
    );
}

#[test]
fn slashes_of_other_writing_are_none() {
    for text in [
        "and/or",
        "S/he said",
        "an A/B test",
        "A/C is on",
        "w/o",
        "24/7",
        "1/2",
        "http://undocs.org/S/RES/2202(2015)",
        "?symbol=S/RES/2202",
        "T/F",
        "CD/DVD",
        "A/4",
        "I/O",
        "km/h",
        "TCP/IP",
        "9/11",
        "E/M 5",
        "A/2B",
        "C/C++",
        "A/1/2",
        "UTF-8/16",
        "S/N ratio 12",
        "ST/X",
    ] {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn near_symbols_are_folded_and_told() {
    let i = one("Резолюция А/RES/68/262");
    assert_eq!((i.symbol.as_str(), i.malformed), ("A/RES/68/262", Some(Malformed::Homoglyph)));
    let i = one("РС.DEC/1117");
    assert_eq!((i.symbol.as_str(), i.malformed), ("PC.DEC/1117", Some(Malformed::Homoglyph)));
    for text in ["S/RES/2015/2202", "S/RES/2202/2015"] {
        let i = one(text);
        assert_eq!((i.symbol.as_str(), i.malformed), ("S/RES/2202 (2015)", Some(Malformed::Order)));
        assert_eq!(i.year_as_written.map(|y| y.1.slice(text)), Some("2015"));
    }
}

#[test]
fn osce_symbols() {
    assert_eq!(
        symbols("PC.DEC/1117, MC.DOC/1/14/Corr.1, FSC.DEC/4/04 and MC(20).JOUR/2."),
        ["PC.DEC/1117", "MC.DOC/1/14/Corr.1", "FSC.DEC/4/04", "MC(20).JOUR/2"]
    );
    assert_eq!(one("PC.DEC/1117").id, "pc-dec-1117");
    assert_eq!(found("PC.EXE/5 a.b/1 X.DEC/1"), []);
}

#[test]
fn acts_of_the_european_union_lead_to_their_celex_number() {
    for (text, celex) in [
        ("Regulation (EU) No 833/2014", "32014R0833"),
        ("Decision (CFSP) 2015/1763", "32015D1763"),
        ("Directive 2001/55/EC", "32001L0055"),
        ("Decision 2014/512/CFSP", "32014D0512"),
        ("Regulation (EEC) No 2658/87", "31987R2658"),
        ("Regulation (EU) 2016/679", "32016R0679"),
        ("Framework Decision 2002/584/JHA", "32002F0584"),
        ("Common Position 2001/931/CFSP", "32001E0931"),
        ("Directive 95/46/EC", "31995L0046"),
        ("Регламент Совета (ЕС) № 833/2014", "32014R0833"),
        ("32014R0833", "32014R0833"),
        ("62012CJ0001", "62012CJ0001"),
        ("http://data.europa.eu/eli/reg/2014/833/oj", "32014R0833"),
        ("eli/dir/2001/55", "32001L0055"),
    ] {
        let i = one(&format!("under {text}, as amended"));
        assert_eq!((i.symbol.as_str(), i.span.len() as usize), (celex, text.len()), "{text}");
        assert_eq!(i.id, format!("celex-{}", celex.to_lowercase()));
    }
    for text in ["a decision 5/6", "Decision No 12/2014", "32014X833", "132014R0833", "position 3/4", "Regulation 12/13/14"] {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn judgments_and_treaties() {
    let i = one("(ECLI:EU:C:2014:2442).");
    assert_eq!((i.symbol.as_str(), i.id.as_str(), i.body), ("ECLI:EU:C:2014:2442", "ecli-eu-c-2014-2442", Body::Court));
    for text in ["1155 UNTS 331", "1155 U.N.T.S. 331", "United Nations, Treaty Series, vol. 1155, No. 18232, p. 331"] {
        let i = one(text);
        assert_eq!((i.symbol.as_str(), i.id.as_str(), i.span.len() as usize), ("1155 UNTS 331", "unts-1155-331", text.len()), "{text}");
    }
    assert_eq!(found("ECLI:EU:C UNTS 5 the Treaty Series"), []);
}

#[test]
fn english_words() {
    for text in [
        "UN Security Council Resolution 2202",
        "Security Council resolution 2202 (2015)",
        "Resolution 2202 of the UN Security Council",
        "UNSCR 2202",
        "SC res. 2202",
        "S.C. Res. 2202",
        "resolution 2202 (2015)",
        "Security Council's resolution No. 2202",
        "resolution\n2202 (2015)",
        "Resolution 2202, adopted by the Security Council",
        "RESOLUTION 2202 (2015)",
        "UNSC Resolution 2202",
        "United Nations Security Council resolution 2202(2015)",
        "resolution 2202/2015 of the Security Council",
    ] {
        let i = one(&format!("It recalled {text}."));
        assert_eq!((i.id.as_str(), i.form, i.span.len() as usize), ("unsc-2202", Form::Words, text.len()), "{text}");
    }
}

#[test]
fn other_bodies_in_words() {
    for (text, id) in [
        ("General Assembly resolution 71/161", "unga-71-161"),
        ("Human Rights Council resolution 35/33", "a-hrc-res-35-33"),
        ("resolution 181 (II)", "unga-181"),
        ("GA Res. 68/262", "unga-68-262"),
        ("resolution ES-11/1", "unga-es-11-1"),
        ("Economic and Social Council resolution 2015/25", "e-res-2015-25"),
        ("The Human Rights Council, in its resolution 35/33, decided", "a-hrc-res-35-33"),
        ("The Security Council adopted resolution 2202 that day.", "unsc-2202"),
    ] {
        assert_eq!(ids(text), [id], "{text}");
    }
}

#[test]
fn a_list_is_read_to_its_end() {
    let text = "resolutions 1540 (2004) and 2325 (2016)";
    assert_eq!(found(text), [("1540 (2004)".into(), "S/RES/1540 (2004)".into()), ("2325 (2016)".into(), "S/RES/2325 (2016)".into())]);
    assert_eq!(
        symbols(
            "Recalling its resolutions 1267 (1999), 1333 (2000) of 19 December 2000, 1363 (2001); and\n1373 (2001) as well as 1390 (2002)"
        ),
        ["S/RES/1267(1999)", "S/RES/1333(2000)", "S/RES/1363(2001)", "S/RES/1373(2001)", "S/RES/1390(2002)"]
    );
    assert_eq!(ids("General Assembly resolutions 71/72 and 70/80"), ["unga-71-72", "unga-70-80"]);
    assert_eq!(ids("Security Council resolutions 242, 338 and 20 other papers"), ["unsc-242", "unsc-338"]);
    assert_eq!(ids("resolutions 1325 (2000) on women, peace and security, and 1894 (2009) on civilians"), ["unsc-1325", "unsc-1894"]);
    assert_eq!(ids("Security Council resolution 242 (1967) and General Assembly resolution 194 (III)"), ["unsc-242", "unga-194"]);
}

#[test]
fn russian_words() {
    for text in [
        "резолюции СБ ООН № 2202",
        "резолюция Совета Безопасности ООН 2202 (2015)",
        "резолюцией 2202 (2015) Совета Безопасности",
        "резолюцию СБ ООН 2202",
        "Резолюция 2202 (2015 г.)",
        "РЕЗОЛЮЦИЯ 2202 (2015)",
        "резолюции 2202 СБ ООН",
    ] {
        let i = one(&format!("Это {text}, принятая тогда."));
        assert_eq!((i.id.as_str(), i.span.len() as usize), ("unsc-2202", text.len()), "{text}");
    }
    assert_eq!(ids("резолюции Генеральной Ассамблеи 68/262"), ["unga-68-262"]);
    assert_eq!(ids("резолюция Совета ООН по правам человека 35/33"), ["a-hrc-res-35-33"]);
    assert_eq!(ids("резолюции 1540 (2004) и 2325 (2016) Совета Безопасности"), ["unsc-1540", "unsc-2325"]);
    assert_eq!(ids("СБ ООН принял резолюцию 2202."), ["unsc-2202"]);
}

#[test]
fn a_bare_number_is_none_until_something_explains_it() {
    for text in [
        "New Year's resolution 2015",
        "a screen resolution 1080 wide",
        "resolution 1080p",
        "resolution 2202",
        "S. Res. 12",
        "PACE Resolution 2028 (2015)",
        "the resolution of 15 conflicts",
        "in this resolution\n4. Decides",
        "the image resolution 300 dpi",
        "Res 5",
        "a resolution 1,080",
    ] {
        assert_eq!(found(text), [], "{text}");
    }
    let text = "Security Council resolution 2202 (2015) came first. Later resolution 2202 was quoted, and resolution 2203 was not.";
    let found = all(text);
    assert_eq!(found.iter().map(|i| i.form).collect::<Vec<_>>(), [Form::Words, Form::Short]);
    assert_eq!(found[1].symbol, "S/RES/2202 (2015)");
    assert_eq!(found[1].year_as_written, None);
}

#[test]
fn earlier_passages_explain_later_ones() {
    let text = "See S/RES/2202 (2015).\n\nUnder resolution 2202 it ended.";
    let (mut into, mut unsettled) = (Vec::new(), Vec::new());
    let mut search = Search::of(text, Span::from(0..text.len()));
    search.find_all(Span::new(0, 22), &mut into, &mut unsettled);
    search.find_all(Span::new(24, Span::from(0..text.len()).end), &mut into, &mut unsettled);
    assert_eq!((into.len(), unsettled), (2, Vec::new()));
    let mut unsettled = Vec::new();
    Search::of("UN resolution 181 stays open", Span::new(0, 28)).find_all(Span::new(0, 28), &mut Vec::new(), &mut unsettled);
    assert_eq!(unsettled, [Span::new(0, 17)]);
}

#[test]
fn pinpoints_beside() {
    let pin = |text: &str| pins::sign(one(text).pin).unwrap_or_default();
    assert_eq!(pin("in paragraph 4 of resolution 2202 (2015)"), "op-4");
    assert_eq!(pin("para. 13 (a) of Security Council resolution 2202 (2015)"), "op-13.a");
    assert_eq!(pin("paragraphs 7 and 8 of the Security Council's resolution 2202 (2015)"), "op-7");
    assert_eq!(pin("operative paragraph 4 of UNSCR 2202"), "op-4");
    assert_eq!(pin("the third preambular paragraph of resolution 2202 (2015)"), "pp-3");
    assert_eq!(pin("paragraph 3 of annex II to resolution 2202 (2015)"), "annex-ii.para-3");
    assert_eq!(pin("resolution 2202 (2015), Annex I, para. 3"), "annex-i.para-3");
    assert_eq!(pin("resolution 2202 (2015) (para. 4)"), "op-4");
    assert_eq!(pin("пункт 4 резолюции 2202 (2015) Совета Безопасности"), "op-4");
    assert_eq!(pin("Article 2 (1) of Council Decision 2014/512/CFSP"), "art-2.1");
    assert_eq!(pin("Paragraph 14 of document S/2017/586 says so"), "para-14");
    assert_eq!(pin("Paragraph 14 of the Secretary-General's report (S/2017/586)"), "para-14");
    assert_eq!(pin("paragraph 14 of the report of the Secretary-General (S/2017/586)"), "para-14");
    assert_eq!(pin("пункт 14 доклада Генерального секретаря (S/2017/586)"), "point-14");
    assert_eq!(pin("paragraph 14 of the annual accounts (S/2017/586)"), "");
    assert_eq!(pin("paragraph 14 (S/2017/586)"), "");
    assert_eq!(pin("resolution 2202 (2015), Article 41 of the Charter"), "");
    assert_eq!(pin("paragraph 4 speaks of resolution 2202 (2015)"), "");
}

#[test]
fn pinpoints_beside_a_name_of_the_registry() {
    let pin = |text: &str, name: &str| {
        let at = text.find(name).expect("the name stands there");
        let found = pin_beside(text, Span::from(0..text.len()), Span::from(at..at + name.len()));
        found.map(|(pin, span)| (pin.0, span.slice(text).to_owned()))
    };
    assert_eq!(pin("under Article 41 of the UN Charter", "UN Charter"), Some(("art-41".into(), "Article 41".into())));
    assert_eq!(pin("статья 41 Устава ООН", "Устава ООН"), Some(("art-41".into(), "статья 41".into())));
    assert_eq!(pin("point 9 of the Statement", "Statement"), Some(("point-9".into(), "point 9".into())));
    assert_eq!(pin("пункт 9 Заявления", "Заявления"), Some(("point-9".into(), "пункт 9".into())));
    assert_eq!(pin("the UN Charter, art. 2 (4)", "UN Charter"), Some(("art-2.4".into(), "art. 2 (4)".into())));
    assert_eq!(pin("the UN Charter of 1945", "UN Charter"), None);
}

#[test]
fn named_by_kind_and_date() {
    let dated = |text: &str| {
        let mut into = Vec::new();
        find_dated(text, Span::from(0..text.len()), &mut into);
        into.iter().map(|d| (d.span.slice(text).to_owned(), d.noun.slice(text).to_owned())).collect::<Vec<_>>()
    };
    let pair = |a: &str, b: &str| vec![(a.to_owned(), b.to_owned())];
    assert_eq!(dated("carrying out the November 9 Statement by the leaders"), pair("November 9 Statement", "Statement"));
    assert_eq!(dated("the 9 November 2020 trilateral statement."), pair("9 November 2020 trilateral statement", "statement"));
    assert_eq!(dated("the statement of 9 November 2020"), pair("statement of 9 November 2020", "statement"));
    assert_eq!(
        dated("fixed in the first trilateral statement of the leaders of A, B, and C of November 9, 2020."),
        pair("first trilateral statement of the leaders of A, B, and C of November 9, 2020", "statement")
    );
    assert_eq!(dated("заявление от 9 ноября 2020 года."), pair("заявление от 9 ноября 2020 года", "заявление"));
    assert_eq!(
        dated("трёхстороннего заявления лидеров трёх стран от 9 ноября 2020 года"),
        pair("трёхстороннего заявления лидеров трёх стран от 9 ноября 2020 года", "заявления")
    );
    assert_eq!(dated("It was signed on 9 November 2020. The statement came later."), []);
    assert_eq!(dated("The agreement failed in November 2020"), []);
}

#[test]
fn one_normal_form_for_a_records_symbol() {
    assert_eq!(normal_form(" S/RES/2202(2015) "), Some(("S/RES/2202 (2015)".into(), "unsc-2202".into())));
    assert_eq!(normal_form("Regulation (EU) No 833/2014").map(|n| n.1), Some("celex-32014r0833".into()));
    assert_eq!(normal_form("see S/RES/2202"), None);
}

#[test]
fn the_table_of_resolutions_explains_what_the_words_leave_out() {
    assert_eq!(symbols("UNSCR 2202, S/RES/2254"), ["S/RES/2202(2015)", "S/RES/2254(2015)"]);
    // number and year belong together, and a resolution was named before
    assert_eq!(ids("Under resolution 2202 (2015), and as set out in 2254 (2015) and in 2255 (2014), …"), ["unsc-2202", "unsc-2254"]);
    assert_eq!(ids("International Review 12 (2014), 33; and 2254 (2015)"), [""; 0]);
}

#[test]
fn forms_of_the_project() {
    use crate::config::InstrumentPattern;
    let pattern =
        |pattern: &str, id: &str| InstrumentPattern { pattern: pattern.into(), id: id.into(), url: Some("https://example.org/$1".into()) };
    let (patterns, faults) = Patterns::compile(&[
        pattern(r"CSTO decision (\d+)", "csto-$1"),
        pattern("(", "x"),
        pattern("a*", "x"),
        pattern("a+", "x-$2"),
        pattern(r"(\w{500}){500}", "x"),
    ]);
    assert_eq!(faults.iter().map(|f| f.0).collect::<Vec<_>>(), [1, 2, 3, 4], "{faults:?}");
    let text = "Under CSTO decision 12 and S/RES/2202 (2015).";
    let running = crate::syntax::running_text(text, &crate::syntax::parse(text, crate::syntax::Format::Plain));
    let mut into = all(text);
    find_project(&running.projection.text, &running.passages, &patterns, &mut into);
    assert_eq!(into.iter().map(|i| i.id.as_str()).collect::<Vec<_>>(), ["csto-12", "unsc-2202"]);
    assert_eq!(into[0].url.as_deref(), Some("https://example.org/12"));
}

/// Pieces of which instruments are made, and others, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("resolution "),
        Just("resolutions "),
        Just("Resolution\n"),
        Just("резолюции "),
        Just("СБ ООН "),
        Just("Совета Безопасности"),
        Just("Security Council "),
        Just("UNSCR "),
        Just("SC res. "),
        Just("S/RES/"),
        Just("А/RES/"),
        Just("A/"),
        Just("S/"),
        Just("PC.DEC/"),
        Just("2202"),
        Just("(2015)"),
        Just("(20"),
        Just(" (XXIX)"),
        Just("68/262"),
        Just(" and "),
        Just(", "),
        Just("; "),
        Just("\n"),
        Just("/"),
        Just("Regulation (EU) No "),
        Just("eli/reg/"),
        Just("ECLI:EU:C:"),
        Just("UNTS "),
        Just("Treaty Series, vol. "),
        Just("32014R"),
        Just("paragraph 4 (a) of "),
        Just("Annex I, "),
        Just("п. 4 "),
        Just("of 9 November 2020"),
        Just("on "),
        Just("Statement "),
        Just("\u{a0}"),
        Just("🕊"),
        Just("é"),
        Just("ЯZ"),
        Just("."),
        Just("№ "),
    ];
    proptest::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn whatever_is_found_lies_in_its_passage_and_has_an_id(before in ".{0,4}", text in prop_oneof![pieces(), ".{0,60}"]) {
        let whole = format!("{before}{text}");
        let passage = Span::from(before.len()..whole.len());
        let (mut into, mut dated, mut unsettled) = (Vec::new(), Vec::new(), Vec::new());
        Search::of(&whole, passage).find_all(passage, &mut into, &mut unsettled);
        find_dated(&whole, passage, &mut dated);
        let good = |span: Span| passage.covers(span) && !span.slice(&whole).is_empty();
        for pair in into.windows(2) {
            prop_assert!(pair[0].span.end <= pair[1].span.start);
        }
        for i in &into {
            prop_assert!(good(i.span) && is_id(&i.id), "{i:?}");
            prop_assert!(i.pin.as_ref().is_none_or(|p| good(p.1)) && i.year_as_written.is_none_or(|y| i.span.covers(y.1) && good(y.1)), "{i:?}");
            let _ = pin_beside(&whole, passage, i.span);
        }
        for d in dated {
            prop_assert!(good(d.span) && d.span.covers(d.noun) && good(d.noun));
        }
        prop_assert!(unsettled.into_iter().all(good));
    }

    #[test]
    fn passages_are_searched_together_as_each_alone(parts in proptest::collection::vec(pieces(), 1..5), gap in "(\n| |xes\\.|UNT|3|ECLI)?") {
        let (mut text, mut passages) = (String::new(), Vec::new());
        for part in parts {
            text += &gap;
            let start = text.len();
            text += &part;
            passages.push(Span::from(start..text.len()));
        }
        let (mut together, mut apart) = ((Vec::new(), Vec::new()), (Vec::new(), Vec::new()));
        let all = passages[0].join(passages[passages.len() - 1]);
        let mut search = Search::of(&text, all);
        for passage in passages {
            search.find_all(passage, &mut together.0, &mut together.1);
            Search::of(&text, passage).find_all(passage, &mut apart.0, &mut apart.1);
        }
        prop_assert_eq!(together, apart);
    }

    #[test]
    fn a_normal_form_is_its_own_normal_form(text in pieces()) {
        if let Some((symbol, id)) = normal_form(&text) {
            prop_assert_eq!(normal_form(&symbol), Some((symbol, id)));
        }
    }
}
