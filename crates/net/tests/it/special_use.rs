use std::net::{IpAddr, SocketAddr};

use net::dial::{Allow, DialError, Dialler, ReservedKind, judge};
use tokio::{
    net::TcpListener,
    time::{Duration, Instant},
};

#[test]
fn special_use_addresses_are_judged_by_the_inner_address() {
    use ReservedKind::*;
    let table: &[(&str, Option<ReservedKind>)] = &[
        ("192.0.2.1", Some(Documentation)),
        ("198.51.100.7", Some(Documentation)),
        ("203.0.113.255", Some(Documentation)),
        ("0.0.0.0", Some(Unspecified)),
        ("0.1.2.3", Some(Unspecified)),
        ("127.0.0.1", Some(Loopback)),
        ("127.255.255.254", Some(Loopback)),
        ("10.0.0.1", Some(Private)),
        ("172.15.255.255", None),
        ("172.16.0.0", Some(Private)),
        ("172.31.255.255", Some(Private)),
        ("172.32.0.0", None),
        ("192.168.1.1", Some(Private)),
        ("100.63.255.255", None),
        ("100.64.0.0", Some(Shared)),
        ("100.127.255.255", Some(Shared)),
        ("100.128.0.0", None),
        ("169.254.169.254", Some(LinkLocal)),
        ("198.17.255.255", None),
        ("198.18.0.0", Some(Benchmarking)),
        ("198.19.255.255", Some(Benchmarking)),
        ("192.0.0.8", Some(Future)),
        ("192.88.99.1", Some(Future)),
        ("224.0.0.1", Some(Multicast)),
        ("239.255.255.255", Some(Multicast)),
        ("240.0.0.1", Some(Future)),
        ("255.255.255.255", Some(Broadcast)),
        ("8.8.8.8", None),
        ("1.1.1.1", None),
        ("223.255.255.255", None),
        ("::", Some(Unspecified)),
        ("::1", Some(Loopback)),
        ("::127.0.0.1", Some(Loopback)),
        ("::ffff:127.0.0.1", Some(Loopback)),
        ("::ffff:8.8.8.8", None),
        ("::ffff:10.0.0.1", Some(Private)),
        ("::ffff:0:192.168.0.1", Some(Private)),
        ("64:ff9b::7f00:1", Some(Loopback)),
        ("64:ff9b::808:808", None),
        ("64:ff9b:1::a00:1", Some(Private)),
        ("64:ff9b:1::808:808", None),
        ("2002:7f00:1::", Some(Loopback)),
        ("2002:a9fe:a9fe::1", Some(LinkLocal)),
        ("2002:808:808::1", None),
        ("fc00::1", Some(Private)),
        ("fdff::1", Some(Private)),
        ("fe80::1", Some(LinkLocal)),
        ("fec0::1", Some(LinkLocal)),
        ("ff02::1", Some(Multicast)),
        ("2001:db8::1", Some(Documentation)),
        ("3fff::1", Some(Documentation)),
        ("3fff:1000::1", None),
        ("2001:2::1", Some(Benchmarking)),
        ("2001::1", Some(Future)),
        ("2001:1ff::1", Some(Future)),
        ("2001:200::1", None),
        ("2606:4700::1111", None),
        ("4000::1", Some(Future)),
        ("100::1", Some(Future)),
    ];
    for (text, expected) in table {
        let addr: IpAddr = text.parse().unwrap();
        let found = judge(addr).err();
        assert_eq!(found.map(|reserved| reserved.kind), *expected, "{text}");
        assert_eq!(
            found.map(|reserved| reserved.addr),
            expected.map(|_| addr),
            "{text}"
        );
    }
}

#[test]
fn ranges_allow_what_they_hold_and_no_more() {
    let table: &[(&str, &str, bool)] = &[
        ("127.0.0.0/8", "127.1.2.3", true),
        ("127.0.0.0/8", "::ffff:127.1.2.3", true),
        ("127.0.0.0/8", "64:ff9b::7f00:1", true),
        ("127.0.0.0/8", "10.0.0.1", false),
        ("10.1.0.0/16", "10.2.0.1", false),
        ("10.1.0.0/16", "10.1.255.255", true),
        ("0.0.0.0/0", "192.168.0.1", true),
        ("0.0.0.0/0", "::1", false),
        ("::1", "::1", true),
        ("fd00::/8", "fd12::1", true),
        ("fd00::/8", "fc00::1", false),
        ("10.0.0.1", "10.0.0.1", true),
        ("10.0.0.1", "10.0.0.2", false),
        ("10.0.0.1", "8.8.8.8", true),
    ];
    for (range, addr, allowed) in table {
        let allow = Allow::Ranges(vec![range.parse().unwrap()]);
        assert_eq!(
            allow.check(addr.parse().unwrap()).is_ok(),
            *allowed,
            "{range} {addr}"
        );
    }
    for bad in [
        "",
        "x",
        "10.0.0.0/33",
        "::/129",
        "10.0.0.0/",
        "10.0.0.0/-1",
        "/8",
    ] {
        assert!(bad.parse::<net::dial::Range>().is_err(), "{bad}");
    }
}

fn soon() -> Instant {
    Instant::now() + Duration::from_millis(300)
}

#[tokio::test]
async fn the_address_judged_is_the_address_dialled() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    let refused = Dialler::new(Allow::Public, 4).connect(addr, soon()).await;
    assert!(matches!(refused, Err(DialError::Reserved(reserved)) if reserved.addr == addr.ip()));
    let mapped = SocketAddr::new("::ffff:127.0.0.1".parse().unwrap(), addr.port());
    let refused = Dialler::new(Allow::Public, 4).connect(mapped, soon()).await;
    assert!(matches!(refused, Err(DialError::Reserved(_))));
    let connected = Dialler::new(Allow::Everything, 4)
        .connect(addr, soon())
        .await
        .unwrap();
    assert_eq!(connected.peer(), addr);
}

#[tokio::test]
async fn a_closed_port_is_refused_and_a_full_pool_is_busy() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    let dialler = Dialler::new(Allow::Everything, 1);
    let held = dialler.connect(addr, soon()).await.unwrap();
    assert_eq!(
        dialler.connect(addr, soon()).await.err(),
        Some(DialError::Busy)
    );
    drop(held);
    assert!(dialler.connect(addr, soon()).await.is_ok());
    drop(listener);
    assert_eq!(
        dialler.connect(addr, soon()).await.err(),
        Some(DialError::Refused)
    );
}
