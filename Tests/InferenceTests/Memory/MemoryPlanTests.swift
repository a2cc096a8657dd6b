import Inference
import Testing
import _TestSupport

@Suite struct MemoryPlanTests {
  private func lifetimes(_ random: inout SeededGenerator) -> [BufferLifetime] {
    (0..<Int.random(in: 0...60, using: &random)).map { _ in
      let first = Int.random(in: -1...40, using: &random)
      let length = Int.random(in: 0...9, using: &random)
      let size = Int.random(in: 0...3, using: &random) == 0 ? 0 : Int.random(in: 1...5000, using: &random)
      return BufferLifetime(byteCount: size, first: first, last: length == 9 ? .max : first + length)
    }
  }

  @Test(arguments: 1...300 as ClosedRange<UInt64>)
  func `buffers in use at the same time never overlap`(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let buffers = lifetimes(&random)
    let plan = try MemoryPlan(buffers)
    #expect(plan.offsets.count == buffers.count && plan.offsets.allSatisfy { $0 >= 0 && $0 % 64 == 0 })
    let ends = zip(plan.offsets, buffers).map { $0 + $1.byteCount + MemoryPlan.slack }
    #expect(ends.allSatisfy { $0 <= plan.byteCount })
    for a in buffers.indices {
      for b in 0..<a where buffers[a].first <= buffers[b].last && buffers[b].first <= buffers[a].last {
        #expect(ends[a] <= plan.offsets[b] || ends[b] <= plan.offsets[a], "\(buffers[a]) and \(buffers[b])")
      }
    }
    #expect(plan.byteCount <= buffers.reduce(0) { $0 + ($1.byteCount + MemoryPlan.slack + 63) / 64 * 64 })
  }

  @Test func `a chain needs the room of its two largest neighbours`() throws {
    let sizes = [100, 3000, 5000, 64, 2000, 10]
    let buffers = sizes.enumerated().map { BufferLifetime(byteCount: $1, first: $0, last: $0 + 1) }
    let room = sizes.map { ($0 + MemoryPlan.slack + 63) / 64 * 64 }
    #expect(try MemoryPlan(buffers).byteCount == room[1] + room[2])
  }

  @Test func `buffers that no machine can hold are refused`() {
    let buffers = [BufferLifetime](repeating: BufferLifetime(byteCount: .max / 2, first: 0, last: 1), count: 5)
    #expect { try MemoryPlan(buffers) } throws: { ($0 as? InferenceError)?.code == .outOfMemory }
  }
}
