/// Random numbers that are the same in every run: Marsaglia's xorshift64*, from a seed that is not zero.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> UInt64 {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return state &* 0x2545_F491_4F6C_DD1D
  }

  mutating func integer(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
  mutating func float(_ range: ClosedRange<Float>) -> Float { Float.random(in: range, using: &self) }

  mutating func floats(_ count: Int, _ range: ClosedRange<Float>) -> [Float] { (0..<count).map { _ in float(range) } }

  /// Bytes of all values, now and then of extremes only, which overflow what may not be multiplied in 16 bits.
  mutating func bytes(_ count: Int, extreme: Bool) -> [UInt8] {
    (0..<count).map { _ in extreme ? [0, 255, 255, 255][integer(0...3)] : UInt8(integer(0...255)) }
  }

  mutating func weights(_ count: Int, extreme: Bool) -> [Int8] {
    let sign: Int8 = integer(0...1) == 0 ? 1 : -1
    return (0..<count).map { _ in extreme ? [127 * sign, 127 * sign, -128, -127][integer(0...3)] : Int8(integer(-128...127)) }
  }
}
