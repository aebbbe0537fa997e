//! The same network, as arti is told of it.

use crate::keys::Authority;

/// The settings for `TorClientConfigBuilder`, as TOML.
///
/// - `fallback_caches`: where the first consensus comes from. Without them arti
///   refuses the list of authorities.
/// - `path_rules`: all relays are in 127.0.0.0/16, which is one family by the usual
///   rule, and there would be no path at all.
/// - `guard-*`: the usual sample wants more relays than there are.
/// - `cbtmintimeout`: circuit times learnt on loopback are so short that a burst of
///   visitors would be dropped.
pub(crate) fn config(authorities: &[Authority]) -> String {
    let caches = list(authorities, |Authority { rsa_identity, ed_identity, or_port, .. }| {
        format!(
            "\n  {{ rsa_identity = \"{rsa_identity}\", ed_identity = \"{ed_identity}\", \
             orports = [\"127.0.0.1:{or_port}\"] }}"
        )
    });
    let idents = list(authorities, |authority| format!("\"{}\"", authority.v3_ident));
    let directories =
        list(authorities, |authority| format!("[\"127.0.0.1:{}\"]", authority.dir_port));
    format!(
        "[tor_network]
fallback_caches = [{caches}
]

[tor_network.authorities]
v3idents = [{idents}]
uploads = [{directories}]
downloads = [{directories}]
votes = [{directories}]

[path_rules]
ipv4_subnet_family_prefix = 33
ipv6_subnet_family_prefix = 129

[address_filter]
allow_local_addrs = true

[override_net_params]
\"guard-min-filtered-sample-size\" = 3
\"guard-max-sample-size\" = 6
\"cbtmintimeout\" = 5000
"
    )
}

fn list(authorities: &[Authority], each: impl Fn(&Authority) -> String) -> String {
    authorities.iter().map(each).collect::<Vec<_>>().join(", ")
}
