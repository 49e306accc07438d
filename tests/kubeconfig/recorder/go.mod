module asmgw.test/kubeconfig-recorder

go 1.24
