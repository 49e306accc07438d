// What can an edit of the Service do? The risks for its ports and its load balancer.
#pragma once

#include "base/doc.h"

namespace asmgw {

inline constexpr Code kPortRemoved{"port-removed",
                                   Severity::Disruptive,
                                   "a listener goes away",
                                   "Clients of that port are refused.",
                                   "check that nobody uses the port",
                                   "ports: 8080 is taken out"};
inline constexpr Code kTrafficPolicy{
    "traffic-policy",
    Severity::Warning,
    "source addresses, back-ends change",
    "Local: only nodes with a gateway pod answer, and pods see the clients' own addresses. "
    "Cluster: "
    "every node answers and passes on under its own address; the healthCheckNodePort is given up.",
    "to Local: run a pod on every node behind the load balancer; to Cluster: look for logs, limits "
    "and allow lists that need the clients' addresses",
    "externalTrafficPolicy: Cluster → Local"};
inline constexpr Code kNodeportRealloc{
    "nodeport-realloc",
    Severity::Note,
    "a wholly new port: a new nodePort",
    "A port keeps its nodePort by its name, or by its number and protocol. Where both are new, and "
    "after the Service was a ClusterIP, the server takes another one.",
    "give nodePort in the manifest where something outside names it",
    "ports: {name: http, port: 80} → {name: web, port: 8080}"};
inline constexpr Code kLbDeleted{
    "lb-deleted",
    Severity::Destructive,
    "load balancer and address are lost",
    "The cloud controller made the load balancer and deletes it with the Service, or with its "
    "type; "
    "the address is not given back. One of your own (…-loadbalancer-id) stays, and so does one "
    "with …-loadbalancer-preserve-lb-on-delete, if the Service still has the annotation then.",
    "keep type LoadBalancer, or let the address go",
    "serviceType: LoadBalancer → ClusterIP"};
inline constexpr Code kLbClassImmutable{
    "lb-class-immutable",
    Severity::Destructive,
    "CLB <-> NLB: the address is lost",
    "Kubernetes refuses another loadBalancerClass on a live LoadBalancer Service, \"may not change "
    "once set\": set, changed or taken out. There are two ways, and with both the address is lost.",
    "keep the class; or delete the Service and apply; or apply serviceType: ClusterIP, then the "
    "new "
    "class: Service, uid and clusterIP stay, nodePorts, externalTrafficPolicy and "
    "healthCheckNodePort go",
    "loadBalancerClass: alibabacloud.com/nlb on a gateway that has a CLB"};
inline constexpr Code kLbChangeRefused{
    "lb-change-refused",
    Severity::Warning,
    "the cloud controller refuses this",
    "Kubernetes accepts the annotation, but Alibaba Cloud's controller never applies it to a load "
    "balancer that exists: ip-version, resource-group-id; of a CLB also address-type, "
    "network-type, "
    "master-zoneid, slave-zoneid, ip.",
    "put the live value back; only a new load balancer, with a new address, can have another",
    "…-loadbalancer-address-type: internet → intranet"};
inline constexpr Code kLbChangeIgnored{
    "lb-change-ignored",
    Severity::Warning,
    "the load balancer will not follow",
    "Alibaba Cloud's controller leaves these as they are: vswitch-id; bandwidth unless charge-type "
    "is paybybandwidth; charge-type and bandwidth of an internal CLB; what an annotation that is "
    "taken out had set; with a load balancer of your own (…-loadbalancer-id) ports and all other "
    "settings, unless …-loadbalancer-force-override-listeners is \"true\".",
    "do what the hint says, or change the load balancer by hand",
    "…-loadbalancer-bandwidth: \"50\" → \"100\" without a charge-type"};
inline constexpr Code kLbListenerRecreated{
    "lb-listener-recreated",
    Severity::Disruptive,
    "a port of the load balancer restarts",
    "A listener cannot change its protocol: the cloud controller deletes it and makes a new one. "
    "Its connections break, and the port is closed meanwhile.",
    "choose a time when its connections may break",
    "…-loadbalancer-protocol-port: https:443 → tcp:443"};
inline constexpr Code kLbIdChange{
    "lb-id-change",
    Severity::Warning,
    "a live Service keeps its balancer",
    "A Service that has an address keeps its load balancer: the cloud controller refuses to "
    "exchange "
    "it for another one.",
    "take the id back; a new gateway can have that load balancer from the start",
    "…-loadbalancer-id: lb-1 on a gateway that serves already"};
inline constexpr Code kLbPrefixOnly{
    "lb-prefix-only",
    Severity::Note,
    "both prefixes mean the same",
    "The cloud controller reads …/alicloud-loadbalancer-X and …/alibaba-cloud-loadbalancer-X "
    "alike; "
    "where both stand, the newer one, alibaba-cloud, wins.",
    "nothing",
    "…/alicloud-loadbalancer-spec → …/alibaba-cloud-loadbalancer-spec, the value as before"};
inline constexpr Code kLbNlbSpec{
    "lb-nlb-spec",
    Severity::Warning,
    "an NLB has no spec",
    "An NLB grows by itself; only a CLB has a specification.",
    "take …-loadbalancer-spec out",
    "loadBalancerClass: alibabacloud.com/nlb beside …-loadbalancer-spec: slb.s2.small"};

}  // namespace asmgw
