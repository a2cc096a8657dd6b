internal import Glibc

/// A place where threads sleep until somebody wakes them.
///
/// Checked as Sendable by hand: the lock and the condition are made once and used only through their own functions.
@safe final class SleepingPlace: @unchecked Sendable {
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    unsafe pthread_mutex_init(lock, nil)
    unsafe pthread_cond_init(condition, nil)
  }

  deinit {
    unsafe pthread_cond_destroy(condition)
    unsafe pthread_mutex_destroy(lock)
    unsafe condition.deallocate()
    unsafe lock.deallocate()
  }

  /// Sleeps as long as the condition holds; it is evaluated under the lock that `wakeAll` takes.
  func wait(while holds: () -> Bool) {
    unsafe pthread_mutex_lock(lock)
    while holds() { unsafe pthread_cond_wait(condition, lock) }
    unsafe pthread_mutex_unlock(lock)
  }

  /// Wakes every sleeping thread.
  func wakeAll() {
    unsafe pthread_mutex_lock(lock)
    unsafe pthread_cond_broadcast(condition)
    unsafe pthread_mutex_unlock(lock)
  }
}
