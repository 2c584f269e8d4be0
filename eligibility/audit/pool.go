package audit

import (
	"context"
	"iter"
	"sync"
)

// pool runs tasks of a type through several workers and gives them back in the
// order in which they were filled. Tasks are made once and used again, so that
// their buffers are too.
type pool[T any] struct {
	workers int
	// window is how many tasks exist, which bounds what is under way.
	window int
	// fill reads the next task's input, and reports false when there is none.
	// It runs in a goroutine of its own and may block.
	fill func(*T) bool
	// weight is how many tasks' room a filled task takes, at least 1.
	weight func(*T) int
	// work does a task. It must return soon after the context has ended.
	work func(context.Context, *T)
	// ended, if there is one, is called after the last fill.
	ended func()
}

// task is a T on its way.
type task[T any] struct {
	value T
	done  chan struct{}
	room  []*task[T] // tasks that stay empty because this one is heavy
}

// run yields the tasks in order until they are all done, the context ends or
// the caller has enough. It then waits for the workers, but not for a fill that
// blocks: that goroutine ends as soon as fill returns.
func (p *pool[T]) run(ctx context.Context) iter.Seq[*T] {
	return func(yield func(*T) bool) {
		ctx, cancel := context.WithCancel(ctx)
		free := make(chan *task[T], p.window)
		todo := make(chan *task[T], p.window)
		queue := make(chan *task[T], p.window)
		for range p.window {
			free <- &task[T]{done: make(chan struct{}, 1)}
		}
		go p.feed(ctx, free, todo, queue)
		var workers sync.WaitGroup
		for range p.workers {
			workers.Go(func() {
				for t := range received(ctx, todo) {
					p.work(ctx, &t.value)
					t.done <- struct{}{}
				}
			})
		}
		defer workers.Wait()
		defer cancel()
		for t := range received(ctx, queue) {
			select {
			case <-t.done:
			case <-ctx.Done():
				return
			}
			// What an ended context has interrupted is no result.
			if ctx.Err() != nil || !yield(&t.value) {
				return
			}
			for _, held := range t.room {
				free <- held
			}
			t.room = t.room[:0]
			free <- t
		}
	}
}

// received yields what comes through a channel until it is closed or the
// context ends.
func received[T any](ctx context.Context, from <-chan T) iter.Seq[T] {
	return func(yield func(T) bool) {
		for {
			select {
			case <-ctx.Done():
				return
			case v, more := <-from:
				if !more || ctx.Err() != nil || !yield(v) {
					return
				}
			}
		}
	}
}

// feed fills free tasks. The channels that it sends to have room for every
// task.
func (p *pool[T]) feed(ctx context.Context, free <-chan *task[T], todo, queue chan<- *task[T]) {
	defer close(queue)
	defer close(todo)
	if p.ended != nil {
		defer p.ended()
	}
	for t := range received(ctx, free) {
		if !p.fill(&t.value) {
			return
		}
		for range min(p.weight(&t.value), p.window) - 1 {
			select {
			case held := <-free:
				t.room = append(t.room, held)
			case <-ctx.Done():
				return
			}
		}
		todo <- t
		queue <- t
	}
}
