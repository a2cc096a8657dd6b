// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableExperimentalFeature("Lifetimes"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let protobuf = Target.Dependency.product(name: "SwiftProtobuf", package: "swift-protobuf")

func library(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil) -> Target {
  .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: settings)
}

func tests(
  of name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: [.init(stringLiteral: name)] + dependencies, exclude: exclude,
    swiftSettings: settings)
}

/// The library that is packaged with models holds the Swift runtime, shows its C interface only, and finds the libraries that
/// it still needs beside it, and these find each other: so much of RPATH, RUNPATH would not do.
let runtimeFlags =
  ["-static-stdlib"]
  + [
    "-s", "--no-undefined", "--disable-new-dtags", "-rpath=$ORIGIN",
    "--version-script=\(Context.packageDirectory)/Sources/OctetRuntime/exports.map",
    "--start-group",
  ].flatMap { ["-Xlinker", $0] }
  + ["-lFoundationEssentials", "-l_FoundationCShims", "-l_FoundationCollections", "-Xlinker", "--end-group"]

/// The parts that touch memory or threads by hand; `OCTET_TARGETS=engine` builds only these, for the sanitizers.
let engine: Set = [
  "CArchive", "CJPEG", "CPNG", "CExpat", "CImageCodecs", "CMicrokernels", "Tensors", "Graphs", "Datasets",
  "ModelFormats", "Inference", "GraphArchives",
  "_TestSupport", "CMicrokernelsTests", "DatasetsTests", "ModelFormatsTests", "InferenceTests",
]
let isWhole = Context.environment["OCTET_TARGETS"] != "engine"

let package = Package(
  name: "octet",
  products: isWhole
    ? [
      .executable(name: "octet", targets: ["octet"]),
      .library(name: "OctetRuntime", type: .dynamic, targets: ["OctetRuntime"]),
    ] : [],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/apple/swift-protobuf", exact: "1.39.0"),
  ],
  targets: ([
    .systemLibrary(name: "CZeroMQ", pkgConfig: "libzmq", providers: [.apt(["libzmq3-dev"])]),
    .systemLibrary(name: "CJPEG", pkgConfig: "libjpeg", providers: [.apt(["libjpeg-dev"])]),
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(name: "CCairo", pkgConfig: "cairo", providers: [.apt(["libcairo2-dev"])]),
    .target(name: "CArchive", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
    .target(name: "CImageCodecs", dependencies: ["CJPEG", "CPNG"]),
    .target(name: "CMicrokernels", cSettings: [.unsafeFlags(["-O2"], .when(configuration: .debug))]),

    library("Tensors"),
    library("Graphs", ["Tensors"]),
    library("Datasets", ["CArchive", "CImageCodecs", "Tensors"]),
    library("GraphArchives", ["Graphs", "Tensors"]),
    library("ModelFormats", ["Graphs", "Tensors", "GraphArchives", "CExpat", protobuf]),
    library("Inference", ["Graphs", "Tensors", "CMicrokernels"]),
    library("Quantization", ["Inference", "Graphs", "Tensors"]),
    library("Evaluation", ["Inference", "Quantization", "Datasets", "Graphs", "Tensors"]),
    library("Deployment", ["Inference", "Datasets", "GraphArchives", "Graphs", "Tensors"]),
    library("Examples", resources: [.copy("Resources")]),

    library("Workspaces", [crypto, grdb]),
    library("CommandLanguage"),
    library("Documents", ["CCairo"]),
    library(
      "Reports",
      ["Evaluation", "Quantization", "Inference", "Datasets", "Graphs", "Tensors", "Documents", "Workspaces"]),
    library(
      "Commands",
      [
        "Reports", "Evaluation", "Quantization", "Inference", "ModelFormats", "Datasets", "Graphs", "Tensors",
        "Examples", "GraphArchives", "Deployment", "Documents", "CommandLanguage", "Workspaces", "CZlib", crypto,
      ]),

    library("JupyterMessaging", [crypto]),
    library("KernelHost", ["JupyterMessaging", logging]),
    library("ZeroMQTransport", ["KernelHost", "JupyterMessaging", "CZeroMQ", logging]),

    .executableTarget(
      name: "octet",
      dependencies: [
        "Commands", "CommandLanguage", "Documents", "Examples", "Reports", "Evaluation", "Inference", "ModelFormats",
        "Graphs", "Tensors", "Workspaces", "ZeroMQTransport", "KernelHost", "JupyterMessaging", argumentParser, logging,
      ], swiftSettings: settings,
      // Swift's libraries are linked in: the kernel starts in half the time and a third less memory, and runs without Swift.
      linkerSettings: [
        .unsafeFlags(
          [
            "-static-stdlib", "-Xlinker", "--start-group", "-lCoreFoundation",
            "-l_FoundationICU", "-l_FoundationCShims", "-l_FoundationCollections", "-Xlinker",
            "--end-group",
          ], .when(platforms: [.linux], configuration: .release))
      ]),

    .target(
      name: "OctetRuntime", dependencies: ["Deployment", "Datasets"], exclude: ["exports.map"], swiftSettings: settings,
      linkerSettings: [.unsafeFlags(runtimeFlags, .when(platforms: [.linux], configuration: .release))]),

    .executableTarget(
      name: "InferenceBenchmark",
      dependencies: ["Inference", "Quantization", "ModelFormats", "Graphs", "Tensors", argumentParser],
      path: "Benchmarks/InferenceBenchmark", swiftSettings: settings),

    library("_TestSupport", ["Tensors", "Graphs"]),
    library("_KernelTestSupport", ["KernelHost", "JupyterMessaging"]),
    .testTarget(name: "ArchitectureTests", swiftSettings: settings),
    tests(of: "Tensors", ["_TestSupport"]),
    tests(of: "Graphs", ["Tensors", "_TestSupport"], exclude: ["Fixtures", "Passes/Snapshots"]),
    tests(of: "CMicrokernels"),
    tests(of: "Datasets", ["Tensors"], exclude: ["Fixtures"]),
    tests(of: "ModelFormats", ["GraphArchives", "Graphs", "Tensors", protobuf], exclude: ["Fixtures"]),
    tests(of: "Inference", ["ModelFormats", "Graphs", "Tensors", "_TestSupport"], exclude: ["Fixtures"]),
    tests(of: "Quantization", ["Inference", "Graphs", "Tensors", "_TestSupport"], exclude: ["Rewriting/Snapshots"]),
    tests(of: "Evaluation", ["Datasets", "Inference", "Graphs", "Tensors"], exclude: ["Fixtures"]),
    tests(
      of: "Examples", ["Quantization", "Inference", "ModelFormats", "Datasets", "Graphs", "Tensors", "_TestSupport"],
      exclude: ["Fixtures"]),
    tests(of: "Workspaces", [grdb]),
    tests(
      of: "Deployment", ["Evaluation", "Datasets", "Inference", "GraphArchives", "ModelFormats", "Graphs", "Tensors"]),
    tests(of: "CommandLanguage"),
    tests(of: "Documents", exclude: ["Snapshots"]),
    tests(
      of: "Commands", ["CommandLanguage", "Workspaces", "Reports", "Documents", "Evaluation", "Datasets", "Graphs"]),
    tests(of: "Reports", ["Evaluation", "Quantization", "Datasets", "Graphs", "Tensors", "Documents"]),
    tests(of: "JupyterMessaging"),
    tests(of: "KernelHost", ["JupyterMessaging", "_KernelTestSupport", logging]),
    tests(
      of: "ZeroMQTransport", ["KernelHost", "JupyterMessaging", "CZeroMQ", "_KernelTestSupport", logging]),
  ] as [Target]).filter { isWhole || engine.contains($0.name) },
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c17
)
