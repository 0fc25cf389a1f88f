//! Running a policy over time: `sts.delegation.*`, `sts.update.*`, `sts.removal.*`,
//! `sts.subdomain.*` (RFC 8461 §8).

family! {
    StsDelegationPartial {
        name: "sts.delegation.partial",
        severity: Warn,
        title: "only one of record and policy host is delegated",
        message: "only one of record and policy host is delegated",
        help: "",
        explain: "",
        rfc: "RFC 8461 §8.2",
        result_type: None,
        detected: false,
    }
    StsDelegationUnhosted {
        name: "sts.delegation.unhosted",
        severity: Error,
        title: "delegated to a provider that does not host this domain",
        message: "delegated to a provider that does not host this domain",
        help: "",
        explain: "",
        rfc: "RFC 8461 §8.2",
        result_type: None,
        detected: false,
    }
    StsDelegationTwoProviders {
        name: "sts.delegation.two_providers",
        severity: Warn,
        title: "policy provider and mail provider differ",
        message: "policy provider and mail provider differ",
        help: "",
        explain: "",
        rfc: "RFC 8461 §8.2",
        result_type: None,
        detected: false,
    }
    StsDelegationIdVsBody {
        name: "sts.delegation.id_vs_body",
        severity: Warn,
        title: "delegated id does not move when the body does",
        message: "delegated id does not move when the body does",
        help: "",
        explain: "",
        rfc: "RFC 8461 §8.1",
        result_type: None,
        detected: false,
    }
    StsUpdateOrder {
        name: "sts.update.order",
        severity: Warn,
        title: "id changed before the body did",
        message: "id changed before the body did",
        help: "",
        explain: "",
        rfc: "RFC 8461 §8.1",
        result_type: None,
        detected: false,
    }
    StsUpdateIdUnchanged {
        name: "sts.update.id_unchanged",
        severity: Error,
        title: "body changed, id did not",
        message: "body changed, id did not",
        help: "",
        explain: "",
        rfc: "RFC 8461 §3.1",
        result_type: None,
        detected: false,
    }
    StsRemovalAbrupt {
        name: "sts.removal.abrupt",
        severity: Error,
        title: "record or host vanished while cached enforce policies are alive",
        message: "record or host vanished while cached enforce policies are alive",
        help: "",
        explain: "",
        rfc: "RFC 8461 §8.3",
        result_type: None,
        detected: false,
    }
    StsRemovalSafeAfter {
        name: "sts.removal.safe_after",
        severity: Info,
        title: "date from which removal is safe",
        message: "date from which removal is safe",
        help: "",
        explain: "",
        rfc: "RFC 8461 §8.3",
        result_type: None,
        detected: false,
    }
    StsSubdomainNoPolicy {
        name: "sts.subdomain.no_policy",
        severity: Info,
        title: "mail-receiving subdomain without own policy",
        message: "mail-receiving subdomain without own policy",
        help: "",
        explain: "",
        rfc: "RFC 8461 §3.4",
        result_type: None,
        detected: false,
    }
}
