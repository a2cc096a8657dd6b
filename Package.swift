// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(of name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: [.init(stringLiteral: name)] + dependencies, exclude: exclude,
    swiftSettings: settings)
}

let package = Package(
  name: "octet",
  dependencies: [
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
  ],
  targets: [
    .systemLibrary(name: "CZeroMQ", pkgConfig: "libzmq", providers: [.apt(["libzmq3-dev"])]),
    .systemLibrary(name: "CCairo", pkgConfig: "cairo", providers: [.apt(["libcairo2-dev"])]),

    library("Tensors"),

    library("CommandLanguage"),
    library("Documents", ["CCairo"]),

    library("JupyterMessaging", [crypto]),
    library("KernelHost", ["JupyterMessaging", logging]),
    library("ZeroMQTransport", ["KernelHost", "JupyterMessaging", "CZeroMQ", logging]),

    tests(of: "CommandLanguage"),
    tests(of: "Documents", exclude: ["Snapshots"]),
    tests(of: "JupyterMessaging"),
    tests(of: "KernelHost", ["JupyterMessaging", logging]),
    tests(of: "ZeroMQTransport", ["KernelHost", "JupyterMessaging", "CZeroMQ", logging]),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c17
)
