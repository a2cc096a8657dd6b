import Graphs
import Testing

@Suite struct ActivationTests {
  @Test func values() {
    #expect([-1, 0, 2].map { Activation.relu($0 as Float) } == [0, 0, 2])
    #expect([-1, 0.5, 8].map { Activation.clip(lower: 0, upper: 6)($0) } == [0, 0.5, 6])
    #expect(Activation.identity(-3.5) == -3.5)
    #expect(Activation.relu(Float.nan).isNaN && Activation.clip(lower: 0, upper: 6)(Double.nan).isNaN)
    #expect(Activation.clip(lower: 0, upper: 6).description == "clip(0.0, 6.0)")
  }

  /// A Clip is an activation if its bounds are known and in order.
  @Test func clipsThatAreActivations() {
    let cases: [(Clip, Activation?)] = [
      (Clip(lower: 0, upper: 6), .clip(lower: 0, upper: 6)), (Clip(lower: 0), .relu), (Clip(), .identity),
      (Clip(upper: 1), .clip(lower: -.infinity, upper: 1)), (Clip(lower: 2, upper: 1), nil), (Clip(lower: .nan), nil),
    ]
    for (clip, activation) in cases { #expect(clip.activation([nil]) == activation) }
  }
}
