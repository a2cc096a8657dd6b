import FoundationEssentials

/// Models that are not part of the project; tests that need them are skipped where they are absent.
enum OutsideData {
  private static let folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The files beside this package's tests.
  static let fixtures = folder.appendingPathComponent("Fixtures")

  /// `shared/data` beside the checkout.
  static let shared: URL? = {
    let root = folder.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let url = root.appendingPathComponent("shared/data")
    return exists(url.appendingPathComponent("models/mobilenet_v2.onnx")) ? url : nil
  }()

  /// The light models of PyPI's onnx: the folder that OCTET_ONNX_LIGHT names, else that of the peers' environment.
  static let lightModels: URL? = {
    let environment = ProcessInfo.processInfo.environment
    if let path = environment["OCTET_ONNX_LIGHT"] { return URL(fileURLWithPath: path) }
    let library = URL(fileURLWithPath: environment["HOME"] ?? "/").appendingPathComponent(".cache/octet-peers/lib")
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: library.path)) ?? []
    return versions.map {
      library.appendingPathComponent($0).appendingPathComponent("site-packages/onnx/backend/test/data/light")
    }.first { exists($0) }
  }()

  private static func exists(_ url: URL) -> Bool { FileManager.default.fileExists(atPath: url.path) }
}
