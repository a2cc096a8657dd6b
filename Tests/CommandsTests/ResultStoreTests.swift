import Commands
import Foundation
import Testing

@Suite struct ResultStoreTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "octet-store-\(UUID().uuidString)").path
  private var store: ResultStore { ResultStore(folder: folder) }

  private func remove() { try? FileManager.default.removeItem(atPath: folder) }

  @Test func `what is kept comes back`() {
    defer { remove() }
    let content = Data((0..<1000).map { UInt8(truncatingIfNeeded: $0) })
    #expect(store.data(.predictions, "a") == nil)
    store.keep(content, .predictions, "a")
    #expect(store.data(.predictions, "a") == content)
    #expect(store.data(.calibrations, "a") == nil)
    #expect(store.data(.predictions, "b") == nil)
  }

  @Test func `nothing is kept without a folder`() {
    let store = ResultStore(folder: nil)
    store.keep(Data([1]), .predictions, "a")
    #expect(store.data(.predictions, "a") == nil)
    #expect(store.usage() == nil)
  }

  @Test(arguments: [0, 5, 20, 46, 47, 60]) func `a damaged file is never a result`(position: Int) throws {
    defer { remove() }
    store.keep(Data(repeating: 7, count: 30), .calibrations, "a")
    let path = "\(folder)/calibrations/a"
    var file = try #require(FileManager.default.contents(atPath: path))
    file[position] ^= 1
    try file.write(to: URL(fileURLWithPath: path))
    #expect(store.data(.calibrations, "a") == nil)
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test(arguments: [0, 1, 40, 60]) func `a file that was cut is never a result`(length: Int) throws {
    defer { remove() }
    store.keep(Data(repeating: 7, count: 30), .calibrations, "a")
    let path = "\(folder)/calibrations/a"
    try Data(try #require(FileManager.default.contents(atPath: path)).prefix(length))
      .write(to: URL(fileURLWithPath: path))
    #expect(store.data(.calibrations, "a") == nil)
  }

  @Test func `what was not used for longest makes room`() throws {
    defer { remove() }
    for name in ["a", "b", "c"] {
      store.keep(Data(repeating: 1, count: 1000), .predictions, name)
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: name == "a" ? 1000 : name == "b" ? 2000 : 3000)],
        ofItemAtPath: "\(folder)/predictions/\(name)")
    }
    #expect(store.data(.predictions, "a") != nil)
    let size = store.usage(of: .predictions).byteCount / 3
    try store.setLimit(2 * size)
    #expect(store.limit == 2 * size)
    #expect(store.data(.predictions, "b") == nil)
    #expect(store.data(.predictions, "a") != nil && store.data(.predictions, "c") != nil)
  }

  @Test func `clearing removes what is named and tells how much`() {
    defer { remove() }
    store.keep(Data([1]), .predictions, "a")
    store.keep(Data([1]), .calibrations, "b")
    #expect(store.clear([.predictions]).count == 1)
    #expect(store.data(.calibrations, "b") == Data([1]))
    #expect(store.usage()?.count == 1)
  }

  @Test func `keys differ where anything differs`() {
    func name(_ parts: [(String, String)]) -> String {
      var key = ResultKey(.predictions)
      for (name, value) in parts { key.add(name, value) }
      return key.name
    }
    let names = [
      name([]), name([("a", "b")]), name([("a", "b"), ("c", "d")]), name([("a", "b\nc 1 d")]), name([("ab", "")]),
    ]
    #expect(Set(names).count == names.count)
    #expect(name([("a", "b")]) == name([("a", "b")]))
    #expect(names.allSatisfy { $0.count == 64 })
  }
}
