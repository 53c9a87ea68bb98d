//! JUnit's XML: a test suite for each file, a test case for each finding, and one that passed for a file without any.
//!
//! The shape is that of Jenkins' `junit-10.xsd`, which GitLab and others read. Nothing is said of time: there is no clock here.

use super::{Ending, Finding, Report, xml};

/// A finding below the fail level is a test that was skipped: a run is red where the exit status is.
pub(super) struct Junit;

impl Report for Junit {
    fn lists_clean(&self) -> bool {
        true
    }

    fn opening(&self) -> String {
        let mut out = xml::DECLARATION.to_owned();
        xml::begin(&mut out, "testsuites", &[("name", "vidimus")]);
        out.push_str(">\n");
        out
    }

    fn file(&self, path: &str, findings: &[Finding], out: &mut String) {
        let count = |n: usize| n.to_string();
        let failures = findings.iter().filter(|f| f.fails).count();
        let attributes = [
            ("name", path),
            ("tests", &count(findings.len().max(1))),
            ("failures", &count(failures)),
            ("errors", "0"),
            ("skipped", &count(findings.len() - failures)),
        ];
        xml::begin(out, "testsuite", &attributes);
        out.push_str(">\n");
        for finding in findings {
            self.finding(finding, out);
        }
        if findings.is_empty() {
            xml::begin(out, "testcase", &[("name", "nothing found"), ("classname", path)]);
            out.push_str("/>\n");
        }
        out.push_str("</testsuite>\n");
    }

    fn finding(&self, finding: &Finding, out: &mut String) {
        let place = format!("{}:{}:{}", finding.path, finding.start.line, finding.start.column);
        let name = format!("{} at {}:{}", finding.rule, finding.start.line, finding.start.column);
        xml::begin(out, "testcase", &[("name", &name), ("classname", &finding.path)]);
        out.push('>');
        if finding.fails {
            xml::begin(out, "failure", &[("message", &finding.message), ("type", finding.level.word())]);
            out.push('>');
            xml::escape(out, &format!("{place}: {}", finding.sentences()));
            out.push_str("</failure>");
        } else {
            xml::begin(out, "skipped", &[("message", &format!("{}: {}", finding.level.word(), finding.sentences()))]);
            out.push_str("/>");
        }
        out.push_str("</testcase>\n");
    }

    fn closing(&self, _: &Ending) -> String {
        "</testsuites>\n".into()
    }
}
