//! Record and policy host in other hands: `sts.delegation.*` (RFC 8461 §8.2).

use findings::{Code, Finding, Severity, Subject};
use names::Owner;

use super::{kind::registrable, view::View};

pub(super) fn check(view: &View<'_>, out: &mut Vec<Finding>) {
    if !view.record.is_present() {
        return;
    }
    let sts = &view.facts.sts;
    let own = registrable(view.facts.domain.as_str());
    let outside = |chain: &[Owner]| {
        let target = registrable(chain.last()?.as_str()).to_owned();
        (target != own).then_some(target)
    };
    let chain = if sts.host.v4.cname.is_empty() {
        &sts.host.v6.cname
    } else {
        &sts.host.v4.cname
    };
    let (record, host) = (outside(&sts.txt.cname), outside(chain));
    match (&record, &host) {
        (Some(provider), None) => out.push(
            about(view, Code::StsDelegationPartial)
                .arg("host", view.record_name())
                .arg("value", provider)
                .arg("expected", view.policy_host())
                .arg(
                    "detail",
                    format!("the record is at {provider}, the policy host is not"),
                ),
        ),
        (None, Some(provider)) => out.push(
            about(view, Code::StsDelegationPartial)
                .arg("host", view.policy_host())
                .arg("value", provider)
                .arg("expected", view.record_name())
                .arg(
                    "detail",
                    format!("the policy host is at {provider}, the record is not"),
                ),
        ),
        (Some(_), Some(_)) | (None, None) => {}
    }
    if let Some(provider) = host.or(record) {
        two_providers(view, own, &provider, out);
    }
}

fn about(view: &View<'_>, code: Code) -> Finding {
    Finding::new(code)
        .about(Subject::Name(view.facts.domain.to_string()))
        .arg("name", &view.facts.domain)
}

/// The policy with one provider, the mail with another.
fn two_providers(view: &View<'_>, own: &str, provider: &str, out: &mut Vec<Finding>) {
    let mut mail: Vec<&str> = view
        .facts
        .hosts
        .iter()
        .map(|host| registrable(host.host.as_str()))
        .collect();
    mail.dedup();
    // A domain that runs its own mail servers has no mail provider.
    if !mail.is_empty() && !mail.iter().any(|name| *name == own || *name == provider) {
        let mail = mail.join(", ");
        // Two providers are a choice; they are a fault once the one does not know of the other.
        let fits = view
            .facts
            .hosts
            .iter()
            .all(|host| view.pattern(&host.host).is_some());
        let limit = if fits { Severity::Info } else { Severity::Warn };
        out.push(
            about(view, Code::StsDelegationTwoProviders)
                .at_most(limit)
                .arg("host", provider)
                .arg("value", provider)
                .arg("expected", &mail)
                .arg(
                    "detail",
                    format!("the policy is at {provider}, the mail at {mail}"),
                ),
        );
    }
}
