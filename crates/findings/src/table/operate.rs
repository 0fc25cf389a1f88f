//! Running a policy over time: `sts.delegation.*`, `sts.update.*`, `sts.removal.*`,
//! `sts.subdomain.*` (RFC 8461 §8).

family! {
    StsDelegationPartial {
        name: "sts.delegation.partial",
        severity: Warn,
        title: "half delegated",
        message: "only one of the record and the policy host is delegated to a provider",
        help: "Delegate both with a CNAME (`_mta-sts.DOMAIN` and `mta-sts.DOMAIN`), or neither.",
        explain: "The id and the policy have to change together. Where the provider serves the \
            policy and the record stays at home, a change by the provider goes unnoticed by \
            senders until their cached policies are renewed, and the reverse.",
        rfc: "RFC 8461 §8.2",
        result_type: None,
        detected: true,
    }
    StsDelegationUnhosted {
        name: "sts.delegation.unhosted",
        severity: Error,
        title: "provider does not host this domain",
        message: "the policy host is delegated to a provider that serves nothing for this \
            domain[: {detail}]",
        help: "Register the domain with the provider, or take the delegation and the record back.",
        explain: "The CNAMEs are in place, but the provider has no certificate or file for the \
            domain, so nobody can fetch a policy. It happens when a contract ends before the DNS \
            records do: 354 domains at one provider in a 2025 study.",
        rfc: "RFC 8461 §8.2",
        result_type: None,
        detected: false,
    }
    StsDelegationTwoProviders {
        name: "sts.delegation.two_providers",
        severity: Warn,
        title: "policy and mail at different providers",
        message: "the policy and the mail of the domain are run by different providers",
        help: "Agree on who tells whom before MX hosts change, and check the policy at every \
            change.",
        explain: "It is legal, but the one who writes the policy does not see the MX records \
            change. In a 2025 study 640 of 18,922 such domains (3.4 %) were inconsistent, against \
            1 of 7,492 where both were in one hand.",
        rfc: "RFC 8461 §8.2",
        result_type: None,
        detected: true,
    }
    StsDelegationIdVsBody {
        name: "sts.delegation.id_vs_body",
        severity: Warn,
        title: "delegated id does not follow the policy",
        message: "the policy changed while the delegated record's id did not",
        help: "Ask the provider of the record to change the id at every change of the policy, or \
            delegate both to one provider.",
        explain: "Senders compare the id to find out whether their stored policy is current, so \
            they go on with the old one until it expires or is refreshed. The usual cause is a \
            record and a policy in different hands.",
        rfc: "RFC 8461 §8.1",
        result_type: None,
        detected: false,
    }
    StsUpdateOrder {
        name: "sts.update.order",
        severity: Warn,
        title: "id changed before the policy",
        message: "the id changed before the policy did",
        help: "Change the file on the policy host first, and the id in the record after it.",
        explain: "Senders that see the new id at once fetch the old policy and store it under \
            that id: they do not look again until it expires or is refreshed. Of the operators \
            asked in a 2025 study 23.8 % do it this way round.",
        rfc: "RFC 8461 §8.1",
        result_type: None,
        detected: false,
    }
    StsUpdateIdUnchanged {
        name: "sts.update.id_unchanged",
        severity: Error,
        title: "policy changed, id did not",
        message: "the policy changed while the id stayed the same",
        help: "Publish a new id in the record now, and with every change of the policy.",
        explain: "The id must name one instance of the policy. Senders keep the stored policy as \
            long as the id is the same, so new MX hosts are refused and old ones allowed until it \
            expires or is refreshed.",
        rfc: "RFC 8461 §3.1",
        result_type: None,
        detected: false,
    }
    StsRemovalAbrupt {
        name: "sts.removal.abrupt",
        severity: Error,
        title: "removed too early",
        message: "the record or the policy host vanished while senders still hold an enforce \
            policy",
        help: "Put both back with `mode: none`, a small `max_age` and a new id, and keep them \
            until {date} at least.",
        explain: "Cached policies outlive their source: senders go on enforcing until they \
            expire. When the MX hosts or their certificates change meanwhile, mail waits and \
            bounces. Deleting the files does not end MTA-STS, though several hosting providers do \
            just that: of eight looked at in 2025 only two set `mode: none` first.",
        rfc: "RFC 8461 §8.3",
        result_type: None,
        detected: false,
    }
    StsRemovalSafeAfter {
        name: "sts.removal.safe_after",
        severity: Info,
        title: "earliest date of removal",
        message: "senders may hold earlier policies for some time yet[: until {date}]",
        help: "Keep record and policy host, with `mode: none`, until then.",
        explain: "The date is the end of the longest `max_age` of all policies published before, \
            counted from their last fetch; the last policy's own value is not enough. After it \
            record and host may be deleted.",
        rfc: "RFC 8461 §8.3",
        result_type: None,
        detected: false,
    }
    StsSubdomainNoPolicy {
        name: "sts.subdomain.no_policy",
        severity: Info,
        title: "subdomain without policy",
        message: "a subdomain receives mail and has no policy of its own[: {name}]",
        help: "Publish the record, the policy host, its certificate and the policy for the \
            subdomain as well.",
        explain: "Policies are not inherited: senders look at the domain to the right of the `@` \
            only, and never at its parent. Pages that say that MTA-STS covers subdomains are \
            wrong.",
        rfc: "RFC 8461 §3.4",
        result_type: None,
        detected: false,
    }
}
