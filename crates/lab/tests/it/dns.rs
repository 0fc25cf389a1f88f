use crate::{
    client::{ask, ask_plainly},
    start,
};

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

/// Who does not speak EDNS gets no OPT record (RFC 6891 §7), and no more than 512 octets.
#[test]
fn without_edns() {
    let lab = start("without_edns");
    for server in [lab.dns(), lab.name_servers()[0]] {
        let answer = ask_plainly(server, "good.example", MX);
        assert_eq!(answer[10..12], [0, 0], "no additional record");
        assert!(answer.len() <= 512);
        assert_eq!(answer[2] & 2, 0, "the whole answer");
    }
}
