use crate::{client::ask, start};

const MX: u16 = 15;
const TXT: u16 = 16;
const TLSA: u16 = 52;

/// The resolver shows AD for what it validated, and not for an unsigned zone.
#[test]
fn secure_and_insecure() {
    let lab = start("secure_and_insecure");
    let cases = [
        ("good.example", MX, 0, true),
        ("_mta-sts.good.example", TXT, 0, true),
        ("_25._tcp.mx1.good.example", TLSA, 0, true),
        ("_25._tcp.mx3.good.example", TLSA, 3, true),
        ("mx1.good.example", TXT, 0, true),
        ("good-plain.example", MX, 0, false),
        ("_25._tcp.mx1.good-plain.example", TLSA, 3, false),
        ("nowhere.example", MX, 3, true),
        ("", 6, 0, true),
    ];
    for (name, rtype, rcode, secure) in cases {
        let answer = ask(lab.dns(), name, rtype).unwrap_or_else(|| panic!("no answer: {name}"));
        assert_eq!(
            (answer.rcode, answer.secure),
            (rcode, secure),
            "{name} {rtype}"
        );
    }
}
