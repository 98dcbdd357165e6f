-- Old windows are deleted by their start at the first attempt of each new one, which anybody can cause.

-- CreateIndex
CREATE INDEX "throttle_window_window_start_idx" ON "throttle_window"("window_start");
