// What can keep an object from being rendered onto what is live?
#pragma once

#include "base/doc.h"

namespace asmgw {

inline constexpr Code kNoProxyContainer{
    "no-proxy-container",
    Severity::Error,
    "no container istio-proxy to overlay",
    "An overlay changes the container istio-proxy of a Deployment that another manager made; with "
    "another name the API server would take ours for a new container without an image.",
    "check that the Deployment is the gateway's",
    "a live Deployment istio-web whose container is called envoy"};

}  // namespace asmgw
