import Datasets
import Foundation

/// The files that `Fixtures/make-fixtures.py` writes.
enum Fixture {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixtures").path

  static func path(_ name: String) -> String { root + "/" + name }

  static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: path(name))))
  }

  /// The names of the files in a folder, sorted.
  static func names(in folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path(folder))) ?? []).sorted()
  }

  /// A binary PPM file with 8 bits a sample.
  static func ppm(_ name: String) throws -> Image {
    let bytes = try bytes(name)
    let fields = bytes.split(maxSplits: 4, omittingEmptySubsequences: false) { $0 == 0x20 || $0 == 0x0A }
    let numbers = fields[1...3].compactMap { Int(String(decoding: $0, as: UTF8.self)) }
    return try Image(size: ImageSize(width: numbers[0], height: numbers[1]), pixels: Array(fields[4]))
  }
}
