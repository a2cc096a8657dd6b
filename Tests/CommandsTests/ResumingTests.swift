import CommandLanguage
import Commands
import Foundation
import Synchronization
import Testing

@Suite struct ResumingTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "octet-resume-\(UUID().uuidString)").path

  private static let program = """
    m = load example: classifier
    photos = dataset example: classifier subset: 100
    calibration = dataset example: classifier part: calibration subset: 20
    q = calibrate m using: calibration
    report predictions q on: photos
    """

  private func run(_ text: String, _ store: ResultStore) -> (ending: ProgramRunner.Ending, output: RecordedOutput) {
    let output = RecordedOutput()
    let ending = ProgramRunner(session: Session(results: store)).run(SourceText(text), output: output)
    return (ending, output)
  }

  @Test func `a second session takes finished work from the store, with the same results`() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let store = ResultStore(folder: folder)
    let first = run(Self.program, store)
    #expect(first.ending == .finished)
    let usage = try #require(store.usage())
    // One calibration, and two blocks of up to 64 pictures of each model.
    #expect(usage.count == 5)
    let second = run(Self.program, store)
    #expect(second.ending == .finished)
    #expect(second.output.reports.withLock { $0 } == first.output.reports.withLock { $0 })
    #expect(second.output.progress.withLock { $0 }.contains("taken from the cache"))
    #expect(store.usage() == usage)
  }

  @Test func `results do not depend on the store`() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    func withoutTime(_ texts: [String]) -> [String] {
      texts.map { text in
        text.split(separator: "\n").filter { !$0.contains("Duration") && !$0.contains(" s") }.joined(separator: "\n")
      }
    }
    let without = run(Self.program, ResultStore(folder: nil)).output.reports.withLock { $0 }
    let with = run(Self.program, ResultStore(folder: folder)).output.reports.withLock { $0 }
    #expect(withoutTime(without) == withoutTime(with))
    #expect(without.last == with.last)
  }

  @Test func `other settings and other pictures are other results`() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let store = ResultStore(folder: folder)
    let settings = ["", "preset: mixed", "subset: 10", "ignore: [\"Gemm\"]"]
    for (index, setting) in settings.enumerated() {
      let text = """
        m = load example: classifier; c = dataset example: classifier part: calibration subset: 20
        q = calibrate m using: c \(setting)
        """
      #expect(run(text, store).ending == .finished)
      #expect(store.usage()?.count == index + 1)
    }
  }

  @Test func `work that would not fit is refused beforehand with the number`() throws {
    let text = "m = load example: classifier; benchmark m batch: 256 streams: 256 seconds: 0.01"
    let session = Session(results: ResultStore(folder: nil), memoryLimit: "200MB")
    let ending = ProgramRunner(session: session).run(SourceText(text), output: RecordedOutput())
    guard case .failed(let diagnostics) = ending else {
      Issue.record("the program was not refused")
      return
    }
    #expect(diagnostics.first?.code.rawValue == "not-enough-memory")
    #expect(diagnostics.first?.message.contains("OCTET_MEMORY is 200MB") == true)
  }
}
