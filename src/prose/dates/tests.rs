//! Dates as texts write them, and what is none.

use proptest::prelude::*;

use super::*;

fn found(text: &str) -> Vec<(&str, Option<i16>, Option<u8>, Option<u8>)> {
    let mut dates = Vec::new();
    find(text, Span::from(0..text.len()), &mut dates);
    dates.iter().map(|d| (d.span.slice(text), d.date.year, d.date.month, d.date.day)).collect()
}

#[test]
fn english_dates() {
    assert_eq!(found("It was signed on 9 November 2020."), [("9 November 2020", Some(2020), Some(11), Some(9))]);
    assert_eq!(found("the November 9 Statement"), [("November 9", None, Some(11), Some(9))]);
    assert_eq!(found("of November 9,\n2020, and"), [("November 9,\n2020", Some(2020), Some(11), Some(9))]);
    assert_eq!(found("on the 9th of November"), [("9th of November", None, Some(11), Some(9))]);
    assert_eq!(found("Feb. 12, 2015"), [("Feb. 12, 2015", Some(2015), Some(2), Some(12))]);
    assert_eq!(found("on 11–12 February 2015"), [("12 February 2015", Some(2015), Some(2), Some(12))]);
    assert_eq!(found("in May 2020"), [("May 2020", Some(2020), Some(5), None)]);
}

#[test]
fn russian_dates() {
    assert_eq!(found("от 9 ноября 2020 года."), [("9 ноября 2020 года", Some(2020), Some(11), Some(9))]);
    assert_eq!(found("9\u{a0}мая"), [("9\u{a0}мая", None, Some(5), Some(9))]);
    assert_eq!(found("в ноябре 2020 г."), [("ноябре 2020 г.", Some(2020), Some(11), None)]);
    assert_eq!(found("самая важная из 5 самая"), []);
}

#[test]
fn dates_in_digits() {
    assert_eq!(found("(2020-11-09)"), [("2020-11-09", Some(2020), Some(11), Some(9))]);
    assert_eq!(found("09.11.2020."), [("09.11.2020", Some(2020), Some(11), Some(9))]);
    assert_eq!(found("1.2.3.2020, 2020-11-09-7, 12020-11-09"), []);
}

#[test]
fn what_looks_like_a_date_and_is_none() {
    for text in ["31 November 2020", "May I?", "March on", "30 February", "Maria 5", "he may 5", "2020-13-01", "June 1,200", "May 10:30"] {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn edtf_of_levels_0_and_1() {
    let good = "2020 2020-11 2020-11-09 2020-02-29 2014~ 2014-06? 2004-06-11% 201X 20XX XXXX 2004-XX 1985-04-XX 1985-XX-XX 2020-21 \
        -0044-03-15 -1985 0000 Y170000002 Y-170000002 2015-02-11/2015-02-12 2015/.. ../2015 2015/ /2015 1984~/2004-06 \
        1985-04-12T23:20:30 1985-04-12T23:20:30Z 1985-04-12T23:20:30+04:30 1985-04-12T23:20:30-04 2004-06-11%/2004-06";
    for text in good.split_whitespace() {
        assert!(is_edtf(text), "{text}");
    }
    let bad = "20 20201 2020-1 2020-13 2020-00 2020-25 2020-02-30 2021-02-29 2020-11-9 2020/11/09 2020~~ 2X20 201X-05 Y2020 2015/2014 ../.. / \
        1985-04-12T24:00:00 1985-04-12T23:20 1985-04T23:20:30 1985-04-12T23:20:30+15 X -0000 2020-11-09-01 09.11.2020 2020-XX-01 199u";
    for text in bad.split_whitespace().chain([""]) {
        assert!(!is_edtf(text), "{text}");
    }
}

#[test]
fn edtf_bounds() {
    let day = |year, month, day| Some(Day { year, month, day });
    let bounds = |text| parse_edtf(text).map(|e| (e.earliest, e.latest));
    assert_eq!(bounds("2020-02"), Some((day(2020, 2, 1), day(2020, 2, 29))));
    assert_eq!(bounds("201X"), Some((day(2010, 1, 1), day(2019, 12, 31))));
    assert_eq!(bounds("2015-02-11/.."), Some((day(2015, 2, 11), None)));
    assert_eq!(bounds("-0044"), Some((day(-44, 1, 1), day(-44, 12, 31))));
    assert_eq!(parse_edtf("2014~").map(|e| e.qualified), Some(true));
}

proptest! {
    #[test]
    fn dates_lie_in_the_passage(text in "(?s)[0-9./\u{a0} ,–-]{0,3}(9 November|ноября|мая|May|2020-11-09|[a-zа-я0-9 .\n-]{0,5}){0,6}.{0,3}", cut in 0usize..12) {
        let cut = (0..=cut.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
        let passage = Span::from(cut..text.len());
        let mut dates = Vec::new();
        find(&text, passage, &mut dates);
        for d in dates {
            prop_assert!(passage.covers(d.span) && !d.span.slice(&text).is_empty());
        }
    }

    #[test]
    fn edtf_is_total_and_ordered(text in "[0-9XYT:/~?%.Z+-]{0,24}") {
        if let Some(Edtf { earliest: Some(a), latest: Some(b), .. }) = parse_edtf(&text) {
            prop_assert!(a <= b);
        }
    }
}
